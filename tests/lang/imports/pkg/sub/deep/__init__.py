from .. import value as parent_value
from . import leaf

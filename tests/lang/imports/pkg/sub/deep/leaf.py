from ... import value as top
from ...other import name
from .. import value as middle
from . import __name__ as here
where = __name__
relatives = (top, name, middle, here)

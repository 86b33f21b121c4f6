import sys
plain = "plain"
_private = "private"

# Where the report of a SyntaxError puts its marks: limited to the line, only one for subclasses, the line that the offset lies in.
import sys

PLACES = [
    (2, 1, 'xyzabc', 2, 6), (2, 3, 'xyzabc', 3, 6), (2, 3, 'xyzabc\n', 3, 6), (2, 0, 'xyzabc', 2, 0), (2, -1, 'xyzabc', 2, 0),
    (2, 10, 'xyzabc', 2, 20), (2, 2, '   xyzabc', 2, 6), (2, 2, None, 2, 6), (None, 2, 'abc', 2, 6), (2, None, 'abc', 2, 6),
    (2, 5, 'a\nbc\nde', 2, 6), (2, 5, 'abcdefg', 2, None), (2, 2, 'abc\n', 2, 20), (2, 2, 'abc', 2, 20),
    (2, 2, '\tab\tc', 2, 4), (2, 6, '\tab\tcdefg', 2, 8), (2, 3, 'ééééé', 2, 5), (2, 3, '日本語', 3, 5),
    (2, 3, '\n\nabc', 2, 5), (2, 3, 'abc \n\n', 2, 5), (2, 1, '', 2, 5), (2, 1, '    ', 2, 5), (2, 6, '    abc\nxyz', 3, 7),
    (2, 4, 'abc', 2, 5), (2, 5, 'abc\n', 2, 6), (2, 2, 'abc', 1, 3), (2, 2, 'abc'), (2, '2', 'abc'),
]


class Own(SyntaxError):
    pass


def show(cls, *place):
    error = cls('message', ('file', *place))
    sys.excepthook(cls, error, None)


for place in PLACES:
    show(SyntaxError, *place)
show(IndentationError, 2, 1, 'xyzabc', 2, 6)
show(TabError, 2, 1, 'xyzabc', 2, 6)
show(Own, 2, 1, 'xyzabc', 2, 6)
sys.excepthook(SyntaxError, SyntaxError('message', (3, 2, 2, 'abc')), None)

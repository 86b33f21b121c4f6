import time
def attempt(*args):
    try:
        s = time.struct_time(*args)
        print(tuple(s), s.tm_zone, s.tm_gmtoff)
    except Exception as error:
        print(type(error).__name__, error)
attempt(range(9))
attempt(range(9), {})
attempt(range(9), {'tm_zone': 'X', 'tm_gmtoff': 5, 'tm_year': 7, 'other': 1})
attempt(range(10), {'tm_zone': 'X', 'tm_gmtoff': 5})
attempt(range(11), {'tm_zone': 'X', 'tm_gmtoff': 5})
attempt(range(9), 5)
attempt(range(8), {})
attempt(range(12), {})
attempt(range(9), None)

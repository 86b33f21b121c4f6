# Type variables in the arguments of built-in generic classes: found, and put in place.
from typing import TypeVar

T = TypeVar('T')
U = TypeVar('U')

table = dict[str, list[T]]
print(table, table.__parameters__, table[int], table[None])
nested = dict[T, list[dict[U, T]]]
print(nested.__parameters__, nested[int, str], nested[U, T], nested[int, U][bytes])
for alias, item in (nested, int), (nested, (int, str, float)), (dict[str, int], int), (list[T], ((int, str),)):
    try:
        print(alias[item])
    except TypeError as error:
        print(error)

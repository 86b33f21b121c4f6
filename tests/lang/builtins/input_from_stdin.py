try:
    print(repr(input()))
except EOFError as e:
    print("EOFError", e)
try:
    input("prompt> ")
except EOFError as e:
    print("again", e)
import sys
print(repr(sys.stdin.readline()), repr(sys.stdin.read()))
try:
    input(1, 2)
except TypeError as e:
    print(e)

import sys
print("line:", input())
print("line:", input("prompt> "))
print("empty:", repr(input()))
print("unicode:", input())
print([line for line in sys.stdin])
try:
    input()
except EOFError:
    print("end")

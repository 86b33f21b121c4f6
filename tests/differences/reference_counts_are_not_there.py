# Coil has no reference counts. sys.getrefcount() is there for programs that print it; it says 2 for everything.
import sys

x = []
y = [x, x, x]
print(sys.getrefcount(x), sys.getrefcount(y))

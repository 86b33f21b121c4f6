# Operators are read as long as they can be.
a = 7
a **= 2
print(a)
a //= 5; print(a)
a <<= 3; print(a)
a >>= 2; print(a)
a &= 0b10110; print(a)
a |= 1; print(a)
a ^= 0xff; print(a)
a %= 100; print(a)
a -=-1; print(a)
a +=+1; print(a)
a /=2; print(a)
print(1<-1, 1>-1, 1--1, 1+-+-1, ~-1, -~1, not-1, 2**-1, -2**2, --2**2)
class M:
    def __matmul__(s, o): return "matmul"
    def __imatmul__(s, o): return "imatmul"
m = M()
print(m@m)
m @= 3
print(m)
f = lambda x:x
print((y:=5), y)
def g(a:int=1,*,b:"str"='x')->None: return a,b
print(g(), g.__annotations__)
print({1:2}, {1:2,**{3:4}}, [*range(3)], (*'ab',))
print(1if 1else 2, [i for i in(1,2)if i>1])
print(3 .__add__(4), "a""b", 'c' "d")
x=1;y=2;x,y=y,x;print(x,y)
print(1!=1, 1 !=2)

d={1:2,3:4,'a':'b'}
def f(d):
    for k,v in d.items(): print(k,v)
    print(k,v)
    print([k for k,v in d.items()], {v:k for k,v in d.items()})
    for i,(a,b) in enumerate(d.items(),5): print(i,a,b)
    for a,b in zip([1,2,3],[4,5]): pass
    print(a,b)
    for t in d.items(): a,b=t; print(t,a,b)
    try:
        for a,b in d.items(): d[a*7]=1
    except RuntimeError as e: print(e)
    try:
        for a,b in zip([1,2],[3],strict=True): print(a,b)
    except ValueError as e: print(e)
    for a,b in enumerate(x for x in 'ab'): print(a,b)
    else: print('else')
    for a,(b,c) in zip([1,2],[(3,4),(5,6)]): print(a,b,c)
    def g():
        for a,b in d.items(): yield a,b
    print(list(g()))
    for a,b in zip(g(),g()): print(a,b); break
    for a,b in []: pass
    for a,b in {}.items(): pass
    for n in range(3):
        for a, b in zip('xy', 'zw'):
            if n == 1: break
            print(n, a, b)
f(dict(d))
for k,v in d.items(): print(k,v)
print([(k,v) for k,v in enumerate('abc')])
class C:
    for k,v in zip('ab','cd'): pass
    print(k,v)
def nest():
    x = [a for a, b in enumerate([1,2])]
    def inner():
        return a2
    for a2, b2 in enumerate('pq'):
        print(inner(), b2)
nest()
import sys
for i, x in enumerate(range(3), 2**61-2): print(i, x)

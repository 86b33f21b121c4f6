def f1():
    try: return "try"
    finally: print("finally")
def f2():
    try: return "try"
    finally: return "finally wins"
def f3():
    try: 1 / 0
    finally: return "exception lost"
def f4():
    for i in range(3):
        try: continue
        finally: print("c", i, end=" ")
    return i
def f5():
    for i in range(3):
        try: break
        finally: print("b", i, end=" ")
    return i
def f6():
    while True:
        try: return 1
        finally: break
    return "break wins"
def f7():
    for i in range(3):
        try: return i
        finally: continue
    return "continue wins"
def f8():
    x = 1
    try: return x
    finally: x = 2
def f9():
    l = [1]
    try: return l
    finally: l.append(2)
def f10():
    try:
        try: raise ValueError("a")
        finally:
            try: raise KeyError("b")
            except KeyError: pass
    except ValueError as e: return f"kept {e}"
def f11():
    try:
        try: return "inner"
        finally: raise ValueError("from finally")
    except ValueError as e: return f"caught {e}"
def f12():
    r = []
    for i in range(4):
        try:
            if i == 1: continue
            if i == 3: break
            r.append(i)
        except Exception: r.append("never")
        else: r.append("else")
        finally: r.append("f")
    else: r.append("loop else")
    return r
def f13():
    try:
        pass
    finally:
        for i in range(2):
            try: continue
            finally: print("nested", i, end=" ")
    return "done"
def f14():
    def g():
        try: yield 1
        finally: yield "from finally"
    return list(g())
def f15():
    try:
        raise ValueError
    except ValueError:
        return "handler"
    finally:
        print("still", end=" ")
def f16():
    try: return (yield_ for yield_ in [1])
    finally: pass
def f17():
    while True:
        try:
            try: break
            finally: print("one", end=" ")
        finally: print("two", end=" ")
    return "out"
def f18(n=0):
    try:
        if n < 3: return f18(n + 1)
        return n
    finally: print("r", n, end=" ")
for f in (f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f17, f18): print(f.__name__, f())
print(list(f16()))

x, y, name = 5, 2.5, "Ann"
d = {"k": "v", 'q"': 1}
print(f"{x} {y} {name} {x + y} {x * 2!r} {name!r} {name!s} {'é'!a} {d['k']} {d}")
print(f"{x:5}|{x:<5}|{x:^5}|{x:05}|{y:.2f}|{y:8.3f}|{name:>6}|{name!r:>8}|{x:b}|{x:#x}")
print(f"{{}} {{{x}}} {{x}} {x}}}", f"", f"{''}", F"{x}", f'{name}', f"""{x
}""")
print(f"{x=} {x = } {x=:4} {x=!s} {name=} {name=!s} {name = !r:>8} {x+1=} {d['k']=} {x =}")
print(f"{lambda_(3)}" if (lambda_ := lambda v: v * 2) else "")
print(f"{(lambda v: v + 1)(4)} {[i for i in range(3)]} {x if x > 3 else y} {x > 3 and 'yes'} {not x} {-x} {*[1, 2], 3}")
print(f"{x!r:^{x + 5}}|{y:{x + 3}.{x - 3}f}|{name:{'>'}{8}}|{x:{''}}")
print(rf"\n{x}\t" + fr"{name}\d", f"a" "b{x}" f"{x}", "a" f'{x}' 'c')
print(f"{x:{{}}}" if False else f"{3 != 4} {3 == 3} {x >= 5} {x <= 4}")
def g():
    yield f"{(yield 1)}"
it = g()
print(next(it), it.send("sent"))
print(f"{(a := 10)} {a}", f"{x:=5}", f"{x!r}", f"{ x }", f"{x,}", f"{x, y}", f"{ {1: 2}[1] }", f"{ {1, 1} }")
async def h(): return f"{await h2()}"
async def h2(): return "awaited"
try:
    h().send(None)
except StopIteration as stop:
    print(stop.value)

value = 1
def get(): return value
def size(x): return len(x)
print(get(), size("abc"))
value = 2
print(get())
del value
try: get()
except NameError as e: print(e)
value = 3
print(get())
globals()["value"] = 4
print(get())
len_builtin = len
def len(x): return "shadowed"
print(size("abc"))
del len
print(size("abc"))
import builtins
builtins.len = lambda x: "builtins replaced"
print(size("abc"))
builtins.len = len_builtin
print(size("abc"))
builtins.value2 = "only in builtins"
def get2(): return value2
print(get2())
value2 = "now global"
print(get2())
del value2
print(get2())
del builtins.value2
try: get2()
except NameError as e: print(e)
def counter():
    global n
    n += 1
    return n
n = 0
for i in range(5):
    counter()
    if i == 2: n = 100
print(n)
def loop():
    out = []
    for i in range(6):
        out.append(helper(i))
        if i == 1: globals()["helper"] = lambda x: f"second {x}"
        if i == 3: exec("def helper(x): return f'third {x}'", globals())
    return out
def helper(x): return f"first {x}"
print(loop())
ns = {"v": 1}
exec("def f(): return v", ns)
print(ns["f"]())
ns["v"] = 2
print(ns["f"]())
ns.update({f"k{i}": i for i in range(50)})
print(ns["f"]())
ns.pop("v")
try: ns["f"]()
except NameError as e: print(e)
for i in range(100): globals()[f"generated_{i}"] = i
print(get(), generated_99)

import sys, warnings

def show(message, category, filename, lineno, file=None, line=None):
    print(lineno, category.__name__, message)

warnings.resetwarnings()
warnings.simplefilter("default")
warnings.showwarning = show
warnings.warn("hello")

def f():
    warnings.warn("dep", DeprecationWarning, stacklevel=2)

f(); f()
for i in range(3):
    warnings.warn("loop")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    for i in range(2):
        warnings.warn("rec", RuntimeWarning)
    print([str(x.message) for x in w], w[0].category, w[0].lineno)
with warnings.catch_warnings():
    warnings.filterwarnings("error", "abc")
    try:
        warnings.warn("abcdef")
    except UserWarning as e:
        print("raised", e)
    warnings.warn("xyz")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("no")
warnings.simplefilter("once")
for i in range(2):
    warnings.warn("once", ResourceWarning)
warnings.warn("once", ResourceWarning)
# What the compiler and the VM warn about goes the same way.
eval("1 is 1")
warnings.simplefilter("error")
try:
    compile("assert (1, 'x')", "there", "exec")
except SyntaxError as e:
    print(type(e).__name__, e.msg, e.lineno)
try:
    bool(NotImplemented)
except DeprecationWarning as e:
    print("raised", e)
try:
    "x".__init__
    warnings.warn("x", int)
except TypeError as e:
    print(e)
print(warnings.formatwarning("m", UserWarning, "f.py", 3, "  line"), end="")

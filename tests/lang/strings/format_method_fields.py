print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{a}-{b[0]}-{b[k]}-{c.real}".format(a=1, b={0: "zero", "k": "key"}, c=2.5))
print("{{}} {{{}}}".format(5), "{0[0][1]}".format([[1, 2]]), "{0.__class__.__name__}".format(5), "{:>{w}}|{:{f}{a}{n}}".format(1, 2, w=4, f="*", a="^", n=5))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{0!r:>6}|{0:<3}|".format("a"), "{a!r:{w}}|".format(a="x", w=5), "{:}".format(3), "{0:}{0!s}".format("q"))
print("{[a]} {.imag} {[0]}".format({"a": 1}, 2j, "xy"), "{-1}".format(**{"-1": "neg"}), "{0[-1]}".format({"-1": "str key"}), "{a b}".format(**{"a b": 1}))
for fmt, args, kw in (("{} {0}", (1,), {}), ("{0} {}", (1,), {}), ("{", (), {}), ("}", (), {}), ("{!x}", (1,), {}), ("{}", (), {}), ("{a}", (), {}), ("{0.x}", (1,), {}), ("{0[x]}", ({},), {}), ("{0[5]}", ([],), {}), ("{!}", (1,), {}), ("{0!rx}", (1,), {}), ("{:{:{}}}", (1, 2, 3), {}), ("{0[}", ([],), {}), ("{a.}", (), {"a": 1}), ("{0[]}", ([],), {}), ("{:d}", ("x",), {}), ("{:z}", (1,), {}), ("{1}", (1,), {}), ("{0[0]x}", ([1],), {}), ("{!r", (1,), {}), ("{:", (1,), {})):
    try:
        print(fmt.format(*args, **kw))
    except (ValueError, KeyError, IndexError, AttributeError) as e:
        print(repr(fmt), type(e).__name__, e)
class M(dict):
    def __missing__(self, key): return f"<{key}>"
print("{a} {b}".format_map(M(a=1)), "{x[y]}".format_map({"x": {"y": 2}}))
class F:
    def __format__(self, spec): return f"spec={spec!r}"
print("{} {:abc} {0:{1}}".format(F(), F()) if False else "{} {:abc}".format(F(), F()), "{0:{1}}".format(F(), "dyn"), format(F(), "x"), format(F()))

# Identifiers are NFKC-normalised: two spellings of one name meet.
äöü = "umlauts"
print(äöü)
变量 = 1
переменная = 2
print(变量 + переменная)
ﬁn = "ligature"
print(fin)
ｆｕｌｌ = "full width"
print(full)
for bad in "x²", "a€", "٣x", "x·"[:1] + "™":
    try:
        exec(bad + " = 1")
    except SyntaxError as e:
        print(ascii(bad), e.msg)
class C:
    µ = 3
    def é(self, ß=1): return ß
print(C.μ, C().é(ß=4), sorted(n for n in vars(C) if not n.startswith("_")))
print("éä".isidentifier(), "1x".isidentifier(), "x·y".isidentifier())

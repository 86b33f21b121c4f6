# Hexadecimal floats are rounded to the nearest double, ties to even, below the normal range as well.
def show(s):
    try: print(s, repr(float.fromhex(s)))
    except Exception as e: print(s, type(e).__name__, e)
for s in '0x0.ffffffffffffecp-1022 0x0.ffffffffffffe8p-1022 0x0.fffffffffffff8p-1022 0x1p-1074 0x1p-1075 0x1.8p-1075 0x1.00000000000000001p-1075 -0x1.1p-1075 0x1.fffffffffffff8p1023 0x1.fffffffffffff7p1023 0x1p1024 0x.8p0 8.p1 -0x0p0 inf -nan 0x1P+5 1p99999999999999999999 0x0p99999999999999999999 1p-99999999999999999999 ffffffffffffffffffff 0xfffffffffffff800000000000000001 0xfffffffffffff80 0x fffp .p1 0x.p1 1.2.3 0x1.8 1p+ 0x1p-'.split(): show(s)
s=12345
for i in range(300):
    s=(s*6364136223846793005+1442695040888963407)%2**64
    digits='%x'%(s>>8); p=(s>>20)%2200-1130
    if s&1: digits=digits[:3]+'.'+digits[3:]
    show('0x%sp%d'%(digits,p))

# Random sequences of tokens: compile() must end in a code object or a clear error.
TOKENS = """( ) [ ] { } , : ; . ... = == != < > <= >= -> := + - * ** / // % @ & | ^ ~ << >> += **= if elif else for while
try except finally with as def class return yield await async lambda not and or in is from import global nonlocal del
pass break continue raise assert match case type _ x y f 1 2.5 3j 'a' "b" f'{x}' f'{' b'c' r'\\' ''' \\ # None True False
\n \n\x20\x20 \n\x20\x20\x20\x20 \t \r \x0c \u00e9 $ ? !""".replace("\n", " ").split(" ")
TOKENS = [t.replace("\\n", "\n").replace("\\x20", " ") for t in TOKENS if t] + ["\n", "\n    ", "\n  ", " "]

state = 12345


def pick(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


compiled = refused = 0
for i in range(3000):
    source = " ".join(TOKENS[pick(len(TOKENS))] for _ in range(pick(40)))
    try:
        compile(source, "soup", "exec")
        compiled += 1
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError):
        refused += 1
print(compiled + refused, "finished")

words = ["b", "a", "B", "", "aa", "é", "z", "😀", "\uffff", "\U00010000", "ab", "a\x00", "a b"]
print(ascii(sorted(words)))
print("a" < "b", "a" < "B", "" < "a", "a" <= "a", "abc" > "abd", "abc" < "abcd", "é" > "z", "\uffff" < "\U00010000", "\ud800" < "\uffff")
print("a" == b"a", "a" != 1, "a" == "a", "ab" == "a" "b", max("hello"), min("hello"), max(words, key=len) in words)
for bad in (lambda: "a" < 1, lambda: "a" < b"a", lambda: None < "a", lambda: "a" >= []):
    try:
        bad()
    except TypeError as e:
        print(e)
print(hash("abc") == hash("ab" + "c"), hash("") == hash(str()), {"a" + "b": 1}["ab"], hash("é") == hash("e\u0301"))
class S(str):
    pass
print(S("x") == "x", "x" == S("x"), {S("x"): 1}["x"], hash(S("q")) == hash("q"), S("a") < "b", type(S("a") + "b").__name__, type(S("a").upper()).__name__, type(S("abc")[:]).__name__)

print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "banana".replace("", "-"), "banana".replace("", "-", 2), "".replace("", "x"), "".replace("a", "x"), "".replace("", "x", 0))
print("banana".replace("an", ""), "aaa".replace("aa", "b"), "abc".replace("abc", ""), "a".replace("a", "aa"), "x".replace("y", "z"), "aé".replace("é", "€€"), "abab".replace("ab", "ba", -1))
table = str.maketrans("abc", "xyz", "d")
print("abcd dcba".translate(table), {k: v for k, v in table.items()})
print("abc".translate({97: "AA", 98: None, 99: 0x20ac}), "abc".translate({}), str.maketrans({"a": 1, 98: "q", "c": None}))
class T:
    def __getitem__(self, key):
        if key == 98: raise LookupError
        return chr(key + 1)
print("abc".translate(T()))
print("a\tb\tc".expandtabs(), "a\tb".expandtabs(4), "\t|".expandtabs(1), "ab\tc\nd\te".expandtabs(3), "a\tb".expandtabs(0), "a\tb".expandtabs(-1))
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "abc".removeprefix("x"), "abc".removesuffix(""), "aa".removeprefix("a"))
for bad in (lambda: str.maketrans("ab", "x"), lambda: str.maketrans({"ab": 1}), lambda: str.maketrans(1), lambda: "a".replace("a"), lambda: "a".replace(1, "x"), lambda: "a".translate({97: "x" , 98: 1})and "a".translate({97: 1.5}), lambda: "a".translate({97: 0x110000})):
    try:
        print(bad())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)

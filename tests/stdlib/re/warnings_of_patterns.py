# What is accepted with a warning, and whom it blames.
import re
import warnings

for pattern in ["[[a]", "[a--b]", "[a&&b]", "[a~~b]", "[a||b]", "[^[a]", "[-a]", "[--]", "[a-z--b]", "(a)(?(1_0)b)", "(?P<x>a)(?(+1)b)", b"(?P<\xc3\xa9>a)", b"[[a]"]:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            re.compile(pattern)
        except re.error as error:
            print(error)
    print(ascii(pattern), [(w.category.__name__, str(w.message), w.filename == __file__) for w in seen])
for template in ("\\g<+0>", "\\g<0_0>"):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        re.sub("a", template, "a")
    print(template, [(w.category.__name__, str(w.message)) for w in seen])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print(re.template("ab"), re.compile("c", re.T))
    print([str(w.message) for w in seen])
warnings.simplefilter("error")
try:
    re.compile("[[q]")
except FutureWarning as error:
    print(error)

# Backslashes, brackets and blank lines: where a logical line ends.
x = 1 + \
    2
print(x)
total = (1 +
         # a comment inside brackets
         2

         + 3)
print(total)
if x == 3 and \
   total == 6:
    print("joined")
y = [
1,
     2,
  3
        ]
print(y); print(y[0]); z = 5; print(z)
if True: print("a"); print("b")
if False: pass
else: print("else on one line")
for i in 1, 2: print(i, end=" "); print("-", end=" ")
print()
class C: a = 1; b = 2
print(C.a, C.b)
def f(): return 7
print(f())
s = "one\
two"
print(s)
while x: x -= 1; \
    print(x)
print({
    "a": 1,

    # comment

    "b": 2,
}["b"])

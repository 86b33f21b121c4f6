# Blocks may be indented by any amount as long as each is consistent.
def outer():
 if True:
        for i in range(2):
          if i:
               print("deep", i)
          else:
           print("shallow", i)
 else:
    print("never")
 return "end"

print(outer())
class A:
	def tabbed(self):
		return "tabs"
	x = 1
print(A().tabbed(), A.x)
if 1:
    pass
    # comment at the block's depth
  # comment at an odd depth
# comment at depth zero
    print("still in block")
if 1:

    print("after blank")


    print("again")
try:
    exec("if 1:\n    a = 1\n  b = 2\n")
except IndentationError as e:
    print(type(e).__name__, e.msg, e.lineno)
try:
    exec("if 1:\n        a = 1\n\tb = 2\n")
except TabError as e:
    print(type(e).__name__, e.msg, e.lineno)
try:
    exec("  a = 1\n")
except IndentationError as e:
    print(type(e).__name__, e.msg, e.lineno)
try:
    exec("if 1:\na = 1\n")
except IndentationError as e:
    print(type(e).__name__, e.msg, e.lineno)

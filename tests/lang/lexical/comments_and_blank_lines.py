# leading comment

   # odd indentation of a comment means nothing
x = 1 # trailing
#no space
print(x)	# tab before
print("# not a comment", '#', """# not
# either""")
def f():
    # only a comment before the body

    return 1 # done

# between
    # still between
print(f())
if x: # after colon
    # first line of block
    print("block")
# at column 0, inside nothing
else:
    print("other")
(  # in brackets
)
print([  # x
    1,  # one
    # two
    2
])


# the end without newline

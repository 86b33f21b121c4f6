# The module errno.
import errno

names = sorted(name for name in vars(errno) if name.startswith("E"))
for name in names:
    if name != "EAUTH" and name != "EFTYPE":
        print(name, getattr(errno, name), errno.errorcode[getattr(errno, name)] == name or errno.errorcode[getattr(errno, name)])
print(errno.errorcode[2], 0 in errno.errorcode)
try:
    open("/nowhere/at/all")
except OSError as error:
    print(error.errno == errno.ENOENT)

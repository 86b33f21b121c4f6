import time
s = time.struct_time(range(11))
print(s.__reduce__())
make, arguments = s.__reduce__()
copy = make(*arguments)
print(copy == s, copy.tm_zone, copy.tm_gmtoff, time.struct_time(range(9)).__reduce__()[1])

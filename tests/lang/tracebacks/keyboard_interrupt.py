def work():
    raise KeyboardInterrupt


print("working")
try:
    work()
except KeyboardInterrupt:
    print("caught once")

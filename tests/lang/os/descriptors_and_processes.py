# Descriptors, the environment and children.
import os
import signal

reading, writing = os.pipe()
print(os.write(writing, b"abc"), os.read(reading, 2), os.read(reading, 10), os.get_inheritable(reading), os.get_blocking(reading))
os.set_blocking(reading, False)
try:
    os.read(reading, 1)
except BlockingIOError as error:
    print(error)
os.write(writing, memoryview(bytearray(b"xyz"))[1:])
copy = os.dup(reading)
os.close(writing)
print(os.read(copy, 10), os.read(copy, 10), os.isatty(copy))
os.close(copy)
os.close(reading)
for call in (lambda: os.close(reading), lambda: os.read(reading, 1), lambda: os.read(0, -1), lambda: os.fstat(-1), lambda: os.close("3")):
    try:
        call()
    except (OSError, TypeError) as error:
        print(type(error).__name__, error)
file = os.open("/tmp", os.O_RDONLY)
print(os.path.isdir("/tmp") and os.stat(file).st_ino == os.stat("/tmp").st_ino)
os.close(file)
master, slave = os.openpty()
print(os.isatty(master), os.isatty(slave))
os.close(master), os.close(slave)
with os.fdopen(os.open("/dev/null", os.O_RDWR), "r+b", buffering=0) as null:
    print(null.read(), null.write(b"x"))

os.environ["COIL_TEST_VARIABLE"] = "one"
print(os.getenv("COIL_TEST_VARIABLE"), os.environ.get("COIL_TEST_NONE", 3), os.environ["COIL_TEST_VARIABLE"], "COIL_TEST_VARIABLE" in os.environ)
print(os.path.expandvars("a $COIL_TEST_VARIABLE ${COIL_TEST_VARIABLE}s $ $COIL_TEST_NONE ${"))
del os.environ["COIL_TEST_VARIABLE"]
print(os.getenv("COIL_TEST_VARIABLE"), os.environ.pop("COIL_TEST_VARIABLE", "gone"))
try:
    os.environ["x"] = 3
except TypeError as error:
    print(error)
try:
    os.environ["COIL_TEST_NONE"]
except KeyError as error:
    print(repr(error))

got = []
signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
os.kill(os.getpid(), signal.SIGUSR1)
print(got == [signal.SIGUSR1], os.getpid() > 0, os.getppid() >= 0, os.getuid() == os.geteuid(), os.getpgid(0) == os.getpgrp())
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError as error:
    print(error)
try:
    os.kill(2**22 + 1, 0)
except ProcessLookupError as error:
    print(error)
print([os.waitstatus_to_exitcode(status) for status in (0, 256, 9)], os.WIFSIGNALED(9), os.WTERMSIG(9), os.WIFEXITED(256), os.WEXITSTATUS(256))
print(os.strerror(2), len(os.urandom(9)), os.uname().sysname == os.uname()[0], os.statvfs("/").f_bsize > 0)
print(isinstance(os.cpu_count(), int), os.name, os.sep, os.linesep == "\n")

import time
a = time.time(); m = time.monotonic(); p = time.perf_counter()
time.sleep(0.01)
print(time.time() >= a, time.monotonic() - m >= 0.0099, 0.0099 <= time.perf_counter() - p < 5, type(time.time()).__name__, type(time.time_ns()).__name__, time.time_ns() // 10**9 - int(time.time()) in (-1, 0, 1), time.process_time() >= 0, time.monotonic_ns() > 0, time.perf_counter_ns() > 0)
for bad in (lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: time.sleep(), lambda: time.sleep(float("nan")), lambda: time.time(1)):
    try: print(bad())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
time.sleep(0)
print(time.monotonic() <= time.monotonic(), a > 1.6e9)
t = time.gmtime(0)
print(t[:6], t.tm_year, t.tm_yday, t.tm_wday, time.gmtime(86400 * 365)[:3], time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1700000000)))

# A dict whose keys change while it is iterated: noticed although its size is the same again.
def attempt(change, view=lambda d: d, keys=range(3)):
    d = {k: k for k in keys}
    rounds = 0
    try:
        for item in view(d):
            rounds += 1
            change(d, item if isinstance(item, int) else item[0])
            if rounds > 50: break
        print('ended', rounds, d)
    except RuntimeError as error:
        print(rounds, error)

def replace_last(d, k):
    if k == 2:
        del d[2]
        d[7] = 7
def replace_all(d, k):
    del d[k]
    d[k + 3] = 0
def again(d, k):
    if k == 1: d[k] = d.pop(k)
for view in (lambda d: d), dict.values, dict.items:
    attempt(replace_last, view)
    attempt(again, view)
attempt(again, keys=range(20))
attempt(lambda d, k: d.popitem())
attempt(lambda d, k: d.update({k: 5}))
attempt(lambda d, k: d.pop(k))
attempt(lambda d, k: d.clear())
def popped(d, k):
    if k == 1: d[d.popitem()[0]] = 'again'
attempt(popped, dict.items)

# Taking out and putting in again and again: the order stays, nothing is lost.
d = {}
for i in range(1000):
    d[i] = i
    if i >= 3: del d[i - 3]
print(d, len(d), list(reversed(d)))
for i in range(1000):
    d['x'] = i
    del d['x']
    d['y'] = i
    if i % 7 == 0: d.popitem()
print(d)
while d:
    print(d.popitem(), end=' ')
print(d, list(d))
d = dict.fromkeys(range(300))
for i in range(0, 300, 3): del d[i]
print(len(d), d.popitem(), 299 in d, 298 in d, 3 in d, next(iter(d)))
for i in range(400): d[i] = i
print(len(d), d.popitem(), list(d)[:4])

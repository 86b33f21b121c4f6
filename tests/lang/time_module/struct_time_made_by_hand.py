# time.struct_time of sequences: the ninth item and the hidden ones, wrong lengths, what is no sequence.
import time

T = time.struct_time
t = T((1, 2, 3, 4, 5, 6, 7, 8, 9))
print(t, t == tuple(t), t[1:3], t.tm_year, t + (1,), hash(t) == hash(tuple(t)), T.n_fields)
print(T(range(9)), T("123456789"), T(range(11)).tm_zone)


class Evil:
    def __len__(self): return 9
    def __getitem__(self, i): 1 / 0


for argument in ([1] * 8, [1] * 12, 1, None, "123", Evil()):
    try:
        print(T(argument))
    except Exception as error:
        print(type(error).__name__, error)

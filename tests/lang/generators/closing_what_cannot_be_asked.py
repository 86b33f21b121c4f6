# close() of a generator that delegates to an object with a __getattr__ or a close() that has its own ideas.
class Delegate:
    def __iter__(self): return self
    def __next__(self): return 1
    def close(self):
        print('running', g.gi_running)
        try: next(g)
        except ValueError as error: print(error)
class Closes(Delegate):
    def close(self): raise KeyError('close')
def delegating(to):
    try: yield from to
    finally: print('finally')
g = delegating(Delegate())
next(g)
g.close()
print(g.gi_running, g.gi_frame)
g = delegating(Closes())
next(g)
try: g.close()
except KeyError as error: print('raised', error)
g = delegating(Delegate())
next(g)
try: g.throw(GeneratorExit)
except GeneratorExit: print('exit')
class Resumes(Delegate):
    def close(self):
        def call(function, *args):
            try: print('resumed', function(*args))
            except ValueError as error: print(error)
        call(next, g)
        call(g.send, None)
        call(list, g)
        call(next, outer)
g = delegating(Resumes())
def above(): yield from g
outer = above()
next(outer)
outer.close()
print(next(g, 'closed'), next(outer, 'closed'))

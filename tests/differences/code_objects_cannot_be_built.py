# Python code cannot make or change bytecode in Coil: the VM trusts its instructions, so that a script must not be able to forge them.
import types

def f():
    return 1

for attempt in (lambda: types.CodeType(), lambda: f.__code__.replace(co_consts=(2,)), lambda: f.__code__.co_code):
    try:
        attempt()
        print("possible")
    except (TypeError, AttributeError) as error:
        print(type(error).__name__)

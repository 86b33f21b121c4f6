"""help(): what an object is and how it is called, as text. Laid out as Python's own pydoc does."""
import builtins
import sys

_HIDDEN = {'__author__', '__builtins__', '__cached__', '__credits__', '__date__', '__doc__', '__docformat__', '__file__', '__loader__',
           '__module__', '__name__', '__package__', '__path__', '__qualname__', '__slots__', '__spec__', '__version__'}
_Function = type(lambda: None)
_Builtin = type(len)
_BoundMethod = type((lambda self: None).__get__(0))
_MethodDescriptor = type(str.join)
_WrapperDescriptor = type(int.__add__)
_MethodWrapper = type((5).__add__)
_ClassMethodDescriptor = type(dict.__dict__['fromkeys'])
_GetSet = type(type.__dict__['__doc__'])
_Module = type(sys)
_ROUTINES = (_Function, _Builtin, _BoundMethod, _MethodDescriptor, _WrapperDescriptor, _MethodWrapper, _ClassMethodDescriptor)

_KEYWORDS = {
    'False': ('False', 'The false truth value; equal to 0.'),
    'None': ('None', 'The value of what has no value; what a function without return gives.'),
    'True': ('True', 'The true truth value; equal to 1.'),
    'and': ('x and y', 'x if it is false, else y; y is looked at only then.'),
    'as': ('import m as n; with c as t; except E as e; case p as n', 'Gives a name to what stands before it.'),
    'assert': ('assert condition[, message]', 'Raises AssertionError(message) when the condition is false; left out under -O.'),
    'async': ('async def, async for, async with', 'Makes a coroutine function, or a loop or block whose steps are awaited.'),
    'await': ('await awaitable', 'Waits for a coroutine, task or future and gives its result; other tasks run meanwhile.'),
    'break': ('break', 'Leaves the innermost loop; its else is not run.'),
    'class': ('class Name[(bases, metaclass=M)]:', 'Defines a class.'),
    'continue': ('continue', 'Goes on with the next round of the innermost loop.'),
    'def': ('def name(parameters) [-> annotation]:', 'Defines a function.'),
    'del': ('del target[, target]...', 'Unbinds names, deletes attributes, items and slices.'),
    'elif': ('elif condition:', 'Another branch of an if.'),
    'else': ('else:', 'What is done when no condition held, no exception came, or a loop was not left by break.'),
    'except': ('except [*]Classes [as name]:', 'Handles exceptions of a try; except* handles those inside of groups.'),
    'finally': ('finally:', 'What is done at the end of a try, however it ends.'),
    'for': ('for target in iterable:', 'A loop over what an iterable gives; also in comprehensions.'),
    'from': ('from module import name; raise E from cause; yield from iterable', 'Says where something comes from.'),
    'global': ('global name[, name]...', 'Names of the module, to be assigned inside of a function.'),
    'if': ('if condition:', 'Runs a block when a condition holds; also x if condition else y.'),
    'import': ('import module[ as name]; from module import name[ as name]', 'Loads modules and binds their names.'),
    'in': ('x in container; for x in iterable', 'Whether a container has an element.'),
    'is': ('x is y', 'Whether both are the same object.'),
    'lambda': ('lambda parameters: expression', 'A function without a name whose body is one expression.'),
    'nonlocal': ('nonlocal name[, name]...', 'Names of an enclosing function, to be assigned inside of an inner one.'),
    'not': ('not x; x not in c; x is not y', 'True when x is false.'),
    'or': ('x or y', 'x if it is true, else y; y is looked at only then.'),
    'pass': ('pass', 'Does nothing.'),
    'raise': ('raise [exception [from cause]]', 'Raises an exception; alone, the one that is being handled.'),
    'return': ('return [expression]', 'Leaves a function and gives its result.'),
    'try': ('try: ... except: ... else: ... finally: ...', 'Runs a block and handles its exceptions.'),
    'while': ('while condition:', 'A loop as long as a condition holds.'),
    'with': ('with context [as target][, context...]:', 'Runs a block within context managers, whose __exit__ is called at its end.'),
    'yield': ('yield [expression]', 'Gives a value to whoever iterates over the generator, and waits to be asked for the next.'),
}


# ---- docstrings

def _own_doc(target):
    """The docstring that belongs to the object itself, not to its class."""
    try:
        doc = target.__doc__
    except Exception:
        return None
    if not isinstance(doc, str):
        return None
    if not isinstance(target, (type, _Module, property, staticmethod, classmethod, _GetSet) + _ROUTINES):
        if doc == getattr(type(target), '__doc__', None):
            return None
    elif isinstance(target, type) and '__doc__' not in target.__dict__:
        return None
    return doc


def _inherited_doc(target):
    """A method without a docstring has that of the method it overrides."""
    if isinstance(target, _BoundMethod):
        return _inherited_doc(target.__func__)
    if isinstance(target, (_Function, property)):
        function = target.fget if isinstance(target, property) else target
        owner = _owner_of(function)
        for base in owner.__mro__[1:] if owner is not None else ():
            if function.__name__ in base.__dict__:
                doc = _own_doc(base.__dict__[function.__name__])
                if doc is not None:
                    return doc
    return None


def _owner_of(function):
    place = getattr(function, '__qualname__', '').split('.')[:-1]
    found = sys.modules.get(getattr(function, '__module__', None))
    for name in place:
        found = getattr(found, name, None)
    return found if isinstance(found, type) else None


def _clean(doc):
    """Without the indentation that all lines but the first have in common."""
    lines = doc.expandtabs().split('\n')
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def _doc(target):
    doc = _own_doc(target)
    if doc is None:
        doc = _inherited_doc(target)
    return _clean(doc).rstrip() if doc else ''


# ---- signatures

def _annotation_text(annotation):
    if isinstance(annotation, type) and type(annotation) is type:
        if annotation.__module__ in ('builtins', None):
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation)


def _parameter(name, annotations, defaults):
    text = name
    if name in annotations:
        text += ': ' + _annotation_text(annotations[name])
    if name in defaults:
        text += (' = ' if name in annotations else '=') + repr(defaults[name])
    return text


def _function_parameters(function):
    code, annotations = function.__code__, getattr(function, '__annotations__', {})
    names = code.co_varnames
    positional = names[:code.co_argcount]
    keyword_only = names[code.co_argcount:code.co_argcount + code.co_kwonlyargcount]
    at = code.co_argcount + code.co_kwonlyargcount
    values = function.__defaults__ or ()
    defaults = dict(zip(positional[len(positional) - len(values):], values))
    defaults.update(function.__kwdefaults__ or {})
    parts = []
    for index, name in enumerate(positional):
        parts.append(_parameter(name, annotations, defaults))
        if index + 1 == code.co_posonlyargcount:
            parts.append('/')
    if code.co_flags & 4:
        parts.append('*' + _parameter(names[at], annotations, {}))
        at += 1
    elif keyword_only:
        parts.append('*')
    parts += [_parameter(name, annotations, defaults) for name in keyword_only]
    if code.co_flags & 8:
        parts.append('**' + _parameter(names[at], annotations, {}))
    return parts


def _split_parameters(text):
    """The parameters of a signature's text, "(a, b=(1, 2), /)"."""
    parts, depth, start = [], 0, 1
    for at in range(1, len(text) - 1):
        c = text[at]
        if c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
        elif c == ',' and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    last = text[start:-1].strip()
    return parts + [last] if last else parts


def _without_self(parts):
    parts = parts[1:] if parts and not parts[0].startswith('*') else parts
    return parts[1:] if parts[:1] == ['/'] else parts


def signature(target):
    """The parameters as they would be written, "(a, b=2)"; None when there is nothing to know."""
    if isinstance(target, _BoundMethod):
        parts = _parts(target.__func__)
        return None if parts is None else '(' + ', '.join(_without_self(parts)) + ')' + _result(target.__func__)
    parts = _parts(target)
    if parts is None:
        return None
    if isinstance(target, (_Builtin, _MethodWrapper)) and not isinstance(getattr(target, '__self__', None), (_Module, type(None))):
        parts = _without_self(parts) if parts[:1] in (['self'], ['cls'], ['type']) else parts
    return '(' + ', '.join(parts) + ')' + _result(target)


def _result(target):
    annotations = getattr(target, '__annotations__', None) if isinstance(target, _Function) else None
    return ' -> ' + _annotation_text(annotations['return']) if annotations and 'return' in annotations else ''


def _parts(target):
    target = _unwrapped(target)
    if isinstance(target, _Function):
        return _function_parameters(target)
    if isinstance(target, type):
        return _class_parts(target)
    text = getattr(target, '__text_signature__', None)
    return _split_parameters(text) if isinstance(text, str) and text.startswith('(') and text.endswith(')') else None


def _unwrapped(target):
    seen = 0
    while isinstance(target, _Function) and '__wrapped__' in target.__dict__ and seen < 100:
        target = target.__wrapped__
        seen += 1
    return target


def _class_parts(cls):
    for base in cls.__mro__:
        for name in ('__init__', '__new__'):
            method = base.__dict__.get(name)
            if isinstance(method, staticmethod):
                method = method.__func__
            if isinstance(method, _Function):
                return _without_self(_function_parameters(_unwrapped(method)))
    return None


# ---- what is what

def _module_of(target):
    name = getattr(target, '__module__', None)
    return sys.modules.get(name) if isinstance(name, str) else None


def _describe(target):
    name = getattr(target, '__name__', None)
    if isinstance(target, _Module):
        kind = 'package' if hasattr(target, '__path__') else 'module' if hasattr(target, '__file__') else 'built-in module'
        return f'{kind} {name}'
    if isinstance(target, (_Builtin, _MethodWrapper)):
        return f'built-in function {name}' if isinstance(target, _Builtin) else 'method-wrapper'
    if isinstance(target, type):
        return f'class {name}'
    if isinstance(target, _Function):
        return f'function {name}'
    if isinstance(target, _BoundMethod):
        return f'method {name}'
    return type(target).__name__


def _class_name(cls, module):
    return cls.__name__ if cls.__module__ == module else f'{cls.__module__}.{cls.__name__}'


def _visible(name):
    if name in _HIDDEN:
        return False
    if name.startswith('__') and name.endswith('__'):
        return True
    return not name.startswith('_')


def _kind(name, value):
    if isinstance(value, staticmethod) or (name == '__new__' and isinstance(value, _Builtin)):
        return 'static'
    if isinstance(value, (classmethod, _ClassMethodDescriptor)):
        return 'class'
    if isinstance(value, property):
        return 'readonly' if value.fset is None and value.fdel is None else 'data descriptor'
    if isinstance(value, (_Function, _MethodDescriptor, _WrapperDescriptor)):
        return 'method'
    if not isinstance(value, type) and (hasattr(type(value), '__set__') or hasattr(type(value), '__delete__')):
        return 'data descriptor'
    return 'data'


# ---- texts

def _indent(text, prefix='    '):
    lines = [prefix + line for line in text.split('\n')]
    lines[-1] = lines[-1].rstrip()
    return '\n'.join(lines)


def _routine_text(target, name=None, owner=None):
    real = getattr(target, '__name__', None)
    name = name or real
    note = ''
    instance = getattr(target, '__self__', None)
    if isinstance(target, (_BoundMethod, _Builtin, _MethodWrapper)) and instance is not None and not isinstance(instance, _Module):
        cls = type(instance)
        if owner is None:
            note = f' method of {cls.__module__}.{cls.__name__} instance'
        elif not (isinstance(target, _Builtin) and name == '__new__'):
            note = f' from {_class_name(cls, owner.__module__)}'
    flags = getattr(getattr(target, '__code__', None), 'co_flags', 0)
    title = name
    if name != real and real is not None and isinstance(target, _ROUTINES):
        title = f'{name} = {real}'
    arguments = signature(target) or '(...)'
    if real == '<lambda>':
        title = f'{name} lambda '
        arguments = arguments[1:].replace(')', '', 1) if arguments.endswith(')') else arguments
    doc = _doc(target)
    text = ('async ' if flags & 0x280 else '') + title + arguments + note + '\n'
    return text + (_indent(doc).rstrip() + '\n' if doc else '')


def _data_descriptor_text(value, name):
    doc = _doc(value)
    return (name + '\n' if name else '') + (_indent(doc) + '\n' if doc else '')


def _data_text(value, name):
    shown = repr(value)
    room = 70 - len(name) - 3
    line = f'{name} = ' + (shown if len(shown) <= room else shown[:max(room, 0)] + '...')
    doc = _doc(value)
    return line + ('\n' + _indent(doc) + '\n' if doc else '') + '\n'


_SECTIONS = (
    ('method', 'Methods'), ('class', 'Class methods'), ('static', 'Static methods'), ('readonly', 'Readonly properties'),
    ('data descriptor', 'Data descriptors'), ('data', 'Data and other attributes'),
)


def _attribute_text(cls, name, kind, value):
    if kind in ('readonly', 'data descriptor'):
        return _data_descriptor_text(value, name)
    try:
        found = getattr(cls, name)
    except Exception:
        return _data_descriptor_text(value, name)
    if kind == 'data':
        return _data_text(found, name)
    if isinstance(found, _ROUTINES):
        return _routine_text(found, name, cls)
    return _data_text(found, name)


def _class_text(cls, name=None):
    name = name or cls.__name__
    title = f'class {name}' if name == cls.__name__ else f'{name} = class {cls.__name__}'
    if cls.__bases__:
        title += '(' + ', '.join(_class_name(base, cls.__module__) for base in cls.__bases__) + ')'
    parts = []
    arguments = signature(cls)
    if arguments is not None and arguments != '()':
        parts.append(name + arguments + '\n')
    doc = _doc(cls)
    if doc:
        parts.append(doc + '\n')
    mro = cls.__mro__
    if len(mro) > 2:
        parts.append('Method resolution order:')
        parts += ['    ' + _class_name(base, cls.__module__) for base in mro]
        parts.append('')
    homes = {}
    for base in reversed(mro):
        for attribute in base.__dict__:
            homes[attribute] = base
    ruled = False
    for home in mro:
        if home is object and cls is not object:
            continue
        tag = 'defined here' if home is cls else 'inherited from ' + _class_name(home, cls.__module__)
        own = sorted(attribute for attribute, base in homes.items() if base is home and _visible(attribute))
        for kind, heading in _SECTIONS:
            members = [attribute for attribute in own if _kind(attribute, home.__dict__[attribute]) == kind]
            if not members:
                continue
            if ruled:
                parts.append('-' * 70)
            ruled = True
            parts.append(f'{heading} {tag}:\n')
            parts += [_attribute_text(cls, attribute, kind, home.__dict__[attribute]) for attribute in members]
    text = '\n'.join(parts)
    return title + '\n' + (_indent(text.rstrip(), ' |  ') + '\n' if text else '')


def _section(title, text):
    return title + '\n' + _indent(text).rstrip() + '\n\n'


def _class_tree(classes, home):
    """The classes of a module below their bases, indented by a step for each."""
    below = {}
    roots = []
    for cls in classes:
        for base in cls.__bases__:
            below.setdefault(base, []).append(cls)
    for base in below:
        if base not in classes:
            roots.append(base)
    lines = []

    def add(cls, parent, depth):
        # Where a class stands tells its base, unless it has others as well.
        shown = _class_name(cls, home)
        if cls.__bases__ and cls.__bases__ != (parent,):
            shown += '(' + ', '.join(_class_name(base, home) for base in cls.__bases__) + ')'
        lines.append('    ' * depth + shown)
        for other in sorted(below.get(cls, ()), key=lambda cls: (cls.__module__, cls.__name__)):
            add(other, cls, depth + 1)
    for root in sorted(roots, key=lambda cls: (cls.__module__, cls.__name__)):
        add(root, None, 0)
    return '\n'.join(lines) + '\n'


def _module_text(module):
    doc = _doc(module)
    summary, _, rest = doc.partition('\n')
    if rest.strip() and not rest.startswith('\n'):
        summary, rest = '', doc
    text = _section('NAME', module.__name__ + (f' - {summary}' if summary else ''))
    if rest.strip():
        text += _section('DESCRIPTION', rest.strip())
    names = getattr(module, '__all__', None)
    members = [(name, getattr(module, name)) for name in sorted(names if names is not None else dir(module)) if hasattr(module, name)]
    if names is None:
        members = [(name, value) for name, value in members if _visible(name) and not isinstance(value, _Module)]
    home = {module.__name__, None} if names is None else None

    def is_ours(value):
        return home is None or getattr(value, '__module__', None) in home
    own = [value for name, value in members if isinstance(value, type) and is_ours(value)]
    classes = [_class_text(value, name) for name, value in members if isinstance(value, type) and is_ours(value)]
    routines = [_routine_text(value, name) for name, value in members if isinstance(value, _ROUTINES) and is_ours(value)]
    data = [_data_text(value, name).rstrip() for name, value in members
            if not isinstance(value, (type, _Module) + _ROUTINES) and not name.startswith('__')]
    if classes:
        text += _section('CLASSES', _class_tree(own, module.__name__) + '\n' + '\n'.join(classes))
    if routines:
        text += _section('FUNCTIONS', '\n'.join(routines))
    if data:
        text += _section('DATA', '\n'.join(data))
    for name, title in (('__version__', 'VERSION'), ('__date__', 'DATE'), ('__author__', 'AUTHOR'), ('__credits__', 'CREDITS')):
        if hasattr(module, name):
            text += _section(title, str(getattr(module, name)))
    if hasattr(module, '__file__'):
        text += _section('FILE', str(module.__file__))
    return text


def render(target, name=None):
    """The whole text for help(target); `name` is what it was asked for by."""
    description = _describe(target)
    module = _module_of(target)
    if name is not None and '.' in name:
        description += f' in {name.rpartition(".")[0]}'
    elif module is not None and module is not target and not isinstance(target, _Module):
        description += f' in module {module.__name__}'
    if isinstance(target, _Module):
        body = _module_text(target)
    elif isinstance(target, type):
        body = _class_text(target, name)
    elif isinstance(target, _ROUTINES):
        body = _routine_text(target, name)
    elif isinstance(target, property) or hasattr(type(target), '__set__'):
        body = _data_descriptor_text(target, getattr(target, '__name__', ''))
    elif _own_doc(target):
        body = _data_text(target, getattr(target, '__name__', None) or type(target).__name__)
    else:
        target = type(target)
        description += ' object'
        body = _class_text(target)
    return f'Help on {description}:\n\n{body}'


# ---- showing

def page(text):
    """Shows a text, with the pager that the host has given to `help` when there is one."""
    pager = getattr(builtins.__dict__.get('help'), 'pager', None)
    if pager is not None:
        sys.stdout.flush()
        if pager(text):
            return
    print(text)


def _find(name):
    """What a dotted name stands for: something built in, of a module, or of the program."""
    head, *rest = name.split('.')
    main = sys.modules['__main__'].__dict__
    if head in main:
        found = main[head]
    elif head in builtins.__dict__:
        found = builtins.__dict__[head]
    else:
        try:
            __import__(name)
            return sys.modules[name]
        except ImportError:
            found = __import__(head)
    for part in rest:
        found = getattr(found, part)
    return found


def _keyword_text(name):
    syntax, meaning = _KEYWORDS[name]
    return f'{name}\n\n    {syntax}\n\n{meaning}\n'


def _list_text(names, title):
    width = max(map(len, names), default=0) + 2
    columns = max(1, 78 // width)
    rows = -(-len(names) // columns)
    lines = [title, '']
    for row in range(rows):
        lines.append(''.join(name.ljust(width) for name in names[row::rows]).rstrip())
    return '\n'.join(lines) + '\n'


def _modules_text():
    from _console import module_names
    names = {name for name in set(module_names()) | set(sys.modules) if not name.startswith('_') and '.' not in name}
    return _list_text(sorted(names), 'Modules that are built in or loaded:')


def show(target):
    if not isinstance(target, str):
        page(render(target))
    elif target in _KEYWORDS:
        page(_keyword_text(target))
    elif target == 'keywords':
        page(_list_text(sorted(_KEYWORDS), 'Keywords (help("if") tells of one):'))
    elif target == 'modules':
        page(_modules_text())
    else:
        try:
            found = _find(target)
        except Exception:
            print(f'No Python documentation found for {target!r}.\n'
                  'Use help() to get the interactive help utility.\nUse help(str) for help on the str class.\n')
        else:
            page(render(found, target))


def interact():
    print('Help: type the name of a module, class, function or keyword to read about it; "modules" or "keywords" for lists.\n'
          'Enter "q" or an empty line to go back to the prompt.\n')
    while True:
        try:
            request = input('help> ').strip()
        except (EOFError, KeyboardInterrupt):
            print()
            break
        if request.lower() in ('', 'q', 'quit', 'exit'):
            break
        show(request.strip('\'"'))
    print('Back at the prompt; help(object) tells of one thing without a detour.')


def help(*args):
    if not args:
        interact()
    else:
        show(*args)

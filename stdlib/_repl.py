"""What the prompt asks Python for: completions, and those of its commands that look at objects."""
import builtins
import sys

_KEYWORDS = ('False None True and as assert async await break class continue def del elif else except finally for from global if '
             'import in is lambda nonlocal not or pass raise return try while with yield').split()
_BARE = {'False', 'None', 'True', 'break', 'continue', 'pass', 'else'}


def _main():
    return sys.modules['__main__'].__dict__


# ---- completion

def complete(line, modules):
    """What could stand at the end of `line`: (how many characters to replace, the texts). `modules`: names found on sys.path, one a line."""
    stripped = line.lstrip()
    if stripped.startswith('import '):
        return _complete_module(_last_word(stripped, ', '), modules)
    if stripped.startswith('from '):
        words = stripped.split(' ')
        if 'import' not in words[2:]:
            if len(words) > 2:
                return len(words[-1]), ['import '] if 'import'.startswith(words[-1]) else []
            return _complete_module(words[1], modules)
        return _complete_import(words[1], _last_word(stripped, ' ,('))
    key = _open_key(line)
    if key is not None:
        return _complete_key(*key)
    return _complete_expression(line)


def _last_word(text, separators):
    start = len(text)
    while start > 0 and text[start - 1] not in separators:
        start -= 1
    return text[start:]


def _complete_module(prefix, modules):
    package, dot, name = prefix.rpartition('.')
    names = {other for other in modules.split('\n') if other.startswith(name)}
    for full in _known_modules():
        if package:
            if not full.startswith(package + '.'):
                continue
            full = full[len(package) + 1:]
        head = full.partition('.')[0]
        if head.startswith(name) and (name.startswith('_') or not head.startswith('_')):
            names.add(head)
    names.discard('')
    return len(name), sorted(names)


def _known_modules():
    from _console import module_names
    return set(module_names()) | set(sys.modules) - {'__main__'}


def _complete_import(module, prefix):
    if module not in sys.modules and module not in _known_modules():
        return 0, []
    __import__(module)
    return len(prefix), _public(dir(sys.modules[module]), prefix)


def _public(names, prefix):
    hidden = prefix.startswith('_')
    return sorted(name for name in names if name.startswith(prefix) and (hidden or not name.startswith('_')))


def _open_key(line):
    """For `d['na` the object's expression, the quote and what is typed of the key."""
    at = len(line)
    while at > 0 and line[at - 1] not in '"\'[':
        at -= 1
    if at == 0:
        return None
    quote = line[at - 1]
    if quote == '[':
        return (line[:at - 1], '', line[at:]) if line[at:].isidentifier() is False and line[at:] == '' and _tail(line[:at - 1]) else None
    if at >= 2 and line[at - 2] == '[' and _tail(line[:at - 2]):
        return line[:at - 2], quote, line[at:]
    return None


def _complete_key(text, quote, prefix):
    try:
        target = _evaluate(_tail(text))
        keys = list(target.keys()) if isinstance(target, dict) else []
    except Exception:
        return 0, []
    found = []
    for key in keys[:1000]:
        if isinstance(key, str) and key.startswith(prefix):
            shown = repr(key)
            if quote and shown[0] != quote:
                shown = quote + shown[1:-1].replace(quote, '\\' + quote) + quote
            found.append((shown if not quote else shown[1:]) + ']')
        elif not quote and type(key) in (int, float, bool, bytes, type(None)):
            found.append(repr(key) + ']')
    return len(prefix), sorted(found)


def _tail(text):
    """The longest name with attributes and simple subscripts that `text` ends with."""
    at = len(text)
    while True:
        start = at
        while at > 0 and (text[at - 1].isalnum() or text[at - 1] == '_'):
            at -= 1
        if at == start:
            if at == 0 or text[at - 1] != ']':
                return ''
            at = text.rfind('[', 0, at)
            if at <= 0 or not _is_literal(text[at + 1:start - 1]):
                return ''
            continue
        if at == 0 or text[at - 1] != '.':
            return text[at:] if text[at:at + 1].isidentifier() else ''
        at -= 1
        if at == 0:
            return ''


def _is_literal(text):
    if text.lstrip('-').isdigit():
        return True
    return len(text) >= 2 and text[0] in '"\'' and text[-1] == text[0] and text[0] not in text[1:-1]


def _evaluate(text):
    return eval(text, _main())


def _complete_expression(line):
    at = len(line)
    while at > 0 and (line[at - 1].isalnum() or line[at - 1] == '_'):
        at -= 1
    prefix = line[at:]
    if at > 0 and line[at - 1] == '.':
        return len(prefix), _attributes(line[:at - 1], prefix)
    if not prefix or prefix[0].isdigit():
        return 0, []
    return len(prefix), _names(prefix)


def _attributes(text, prefix):
    expression = _tail(text)
    if not expression and text[-1:] in ('"', "'"):
        expression = "''"
    if not expression:
        return []
    try:
        target = _evaluate(expression)
        names = dir(target)
    except Exception:
        return []
    return [_called(name, getattr(type(target), name, None) or _quiet(target, name)) for name in _public(names, prefix)]


def _quiet(target, name):
    try:
        return target.__dict__[name]
    except Exception:
        return None


def _called(name, value):
    """With a parenthesis when it is there to be called, which exceptions mostly are not."""
    if isinstance(value, type) and issubclass(value, BaseException):
        return name
    return name + '(' if callable(value) and not isinstance(value, property) else name


def _names(prefix):
    found = set()
    for word in _KEYWORDS:
        if word.startswith(prefix):
            found.add(word + ':' if word in ('finally', 'try') else word if word in _BARE else word + ' ')
    for space in (_main(), builtins.__dict__):
        for name, value in list(space.items()):
            if name.startswith(prefix) and name not in _KEYWORDS and (prefix[0] == '_' or name[0] != '_'):
                found.add(_called(name, value))
    return sorted(found)


# ---- commands

def tasks(argument):
    """:tasks"""
    if 'asyncio' not in sys.modules:
        print('no tasks')
        return
    import asyncio
    import _console
    loop = _console.loop()
    running = [task for task in asyncio.all_tasks(loop) if not task.done()] if loop is not None else []
    if not running:
        print('no tasks')
    elif hasattr(asyncio, 'print_task_tree'):
        asyncio.print_task_tree(loop)
    else:
        for task in sorted(running, key=lambda task: task.get_name()):
            print(repr(task))


def doc(argument):
    """:doc NAME"""
    if not argument:
        print(':doc NAME shows the signature and docstring of anything')
        return
    from _help import show
    try:
        target = _evaluate(argument)
    except NameError:
        show(argument)
    else:
        show(target)


def reset(argument):
    """:reset"""
    if 'asyncio' in sys.modules:
        import _console
        _console.close()
    names = _main()
    for name in [name for name in names if not (name.startswith('__') and name.endswith('__'))]:
        del names[name]
    builtins.__dict__.pop('_', None)

"""The task tree: who awaits what, with source lines."""
import sys
from asyncio import Future, Task, _get_running_loop, _source_line, all_tasks, get_event_loop

__all__ = ('print_task_tree', 'format_task_tree')


def print_task_tree(loop=None, *, file=None):
    """Print all tasks of a loop that are not done, each below the task that waits for it."""
    print(format_task_tree(loop), end='', file=sys.stdout if file is None else file)


def format_task_tree(loop=None):
    """The text that print_task_tree() prints."""
    if loop is None:
        loop = _get_running_loop() or get_event_loop()
    tasks = sorted(all_tasks(loop), key=_age)
    if not tasks:
        return 'no tasks\n'
    children, has_parent = _relations(tasks)
    lines, shown = [], set()
    for task in tasks:
        if not has_parent[task]:
            _add(lines, shown, task, children, '', '')
    for task in tasks:                 # those that are left wait for each other
        if task not in shown:
            _add(lines, shown, task, children, '', '')
    return '\n'.join(lines) + '\n'


def _age(task):
    # Tasks with the usual names in the order in which they were made, the others behind.
    name = task.get_name()
    head, _, number = name.rpartition('-')
    return (0, int(number), '') if head == 'Task' and number.isdigit() else (1, 0, name)


# ---- who waits for whom

def _relations(tasks):
    waiting_for = {}
    for task in tasks:
        waiter = task._fut_waiter
        if waiter is not None:
            waiting_for.setdefault(waiter, []).append(task)
    children = {task: [] for task in tasks}
    has_parent = {task: False for task in tasks}
    for child in tasks:
        for parent in _parents(child, waiting_for):
            if parent in children and child not in children[parent]:
                children[parent].append(child)
                has_parent[child] = True
    return children, has_parent


def _parents(child, waiting_for):
    """The tasks that wait until `child` is done, directly or through gather(), wait(), a TaskGroup and the like."""
    yield from waiting_for.get(child, ())
    for waiter, tasks in waiting_for.items():
        if child in getattr(waiter, '_children', ()):
            yield from tasks
    for callback, _ in child._callbacks or ():
        group = getattr(getattr(callback, '__self__', None), '_parent_task', None)
        if group is not None:
            yield group
        for cell in getattr(callback, '__closure__', None) or ():
            try:
                value = cell.cell_contents
            except ValueError:
                continue
            if isinstance(value, Future) and value is not child:
                yield from waiting_for.get(value, ())


# ---- texts

def _add(lines, shown, task, children, first, rest):
    shown.add(task)
    lines.append(f'{first}{task.get_name()}: {_state(task)}')
    below = [child for child in children[task] if child not in shown]
    again = [child for child in children[task] if child in shown]
    bar = '│   ' if below or again else '    '
    for where, source in _chain(task.get_coro()):
        lines.append(f'{rest}{bar}{where}')
        if source:
            lines.append(f'{rest}{bar}  {source}')
    left = len(below) + len(again)
    for child in below:
        left -= 1
        if child in shown:             # it was under one of the others
            again.append(child)
            left += 1
            continue
        corner, more = ('├── ', '│   ') if left else ('└── ', '    ')
        _add(lines, shown, child, children, rest + corner, rest + more)
    for child in again:
        left -= 1
        lines.append(f'{rest}{"├── " if left > 0 else "└── "}{child.get_name()}: see above')


def _state(task):
    waiter = task._fut_waiter
    coro = task.get_coro()
    name = getattr(coro, '__qualname__', None) or repr(coro)
    what = f'{name}() {_wait_text(waiter)}' if waiter is not None else f'{name}() {_run_text(task, coro)}'
    return what + (', being cancelled' if task.cancelling() else '')


def _run_text(task, coro):
    if getattr(coro, 'cr_running', False):
        return 'runs'
    return 'is ready to run'


def _wait_text(waiter):
    if isinstance(waiter, Task):
        return f'waits for {waiter.get_name()}'
    children = getattr(waiter, '_children', None)
    if children is not None:
        return f'waits for gather() of {len(children)}'
    owner = getattr(waiter, '_owner', None)
    if owner is not None:
        return f'waits for {waiter.__name__}() of {owner!r}'
    if isinstance(waiter, Future):
        return 'waits for a future'
    if getattr(waiter, '__name__', None) == 'sleep':
        return 'sleeps'
    return f'waits for {waiter!r}'


def _chain(coro):
    """A place and a source line for each coroutine from the task's own to the innermost."""
    seen = 0
    while coro is not None and seen < 1000:
        frame = getattr(coro, 'cr_frame', None) or getattr(coro, 'gi_frame', None) or getattr(coro, 'ag_frame', None)
        if frame is not None:
            code, line = frame.f_code, frame.f_lineno
            # What wait_for() and its like look like inside is of no interest.
            if not code.co_filename.startswith('<frozen '):
                yield f'File "{code.co_filename}", line {line}, in {code.co_name}', _source_line(code.co_filename, line)
        coro = getattr(coro, 'cr_await', None) or getattr(coro, 'gi_yieldfrom', None) or getattr(coro, 'ag_await', None)
        seen += 1


# ---- Task.get_stack() and print_stack()

def _task_get_stack(task, limit):
    coro = task.get_coro()
    frame = getattr(coro, 'cr_frame', None) or getattr(coro, 'gi_frame', None) or getattr(coro, 'ag_frame', None)
    frames = []
    if frame is not None:
        while frame is not None and (limit is None or len(frames) < limit):
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
        return frames
    error = task.exception() if task.done() and not task.cancelled() else None
    traceback = None if error is None else error.__traceback__
    while traceback is not None and (limit is None or len(frames) < limit):
        frames.append(traceback.tb_frame)
        traceback = traceback.tb_next
    return frames


def _task_print_stack(task, limit, file):
    error = task.exception() if task.done() and not task.cancelled() else None
    places = []
    if error is not None and getattr(task.get_coro(), 'cr_frame', None) is None:
        traceback = error.__traceback__
        while traceback is not None and (limit is None or len(places) < limit):
            places.append((traceback.tb_frame.f_code, traceback.tb_lineno))
            traceback = traceback.tb_next
    else:
        places = [(frame.f_code, frame.f_lineno) for frame in _task_get_stack(task, limit)]
    file = sys.stderr if file is None else file
    if not places:
        print(f'No stack for {task!r}', file=file)
        return
    print(f'{"Traceback" if error is not None else "Stack"} for {task!r} (most recent call last):', file=file)
    for code, line in places:
        print(f'  File "{code.co_filename}", line {line}, in {code.co_name}', file=file)
        source = _source_line(code.co_filename, line)
        if source:
            print(f'    {source}', file=file)
    if error is not None:
        text = str(error)
        name = type(error).__qualname__
        if type(error).__module__ not in ('builtins', '__main__'):
            name = f'{type(error).__module__}.{name}'
        print(f'{name}: {text}' if text else name, file=file)

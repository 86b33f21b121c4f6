# What create_subprocess_exec() passes on: umask, user and groups, directory, environment, descriptors, signals.
import asyncio
import os
import warnings
warnings.simplefilter('ignore')
async def run(*args, **kw):
    try:
        p = await asyncio.create_subprocess_exec(*args, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, **kw)
        o, e = await p.communicate()
        return p.returncode, o, e
    except Exception as e:
        return type(e).__name__, str(e)
async def main():
    sh = lambda c, **kw: run('/bin/sh', '-c', c, **kw)
    print(await sh('umask', umask=0o027))
    print(await sh('umask', umask=0o777))
    if os.getuid() == 0:
        assert await sh('id -u; id -g; id -G', user=65534, group=65534, extra_groups=[1, 2]) == (0, b'65534\n65534\n65534 1 2\n', b'')
        assert (await sh('id -u', user='root'))[1] == b'0\n'
    else:
        assert (await sh('true', user=0))[0] == 'PermissionError'
    print(await sh('id', user='no such user'))
    print(await sh('id', group='no such group'))
    print(await sh('id', user=-5), await sh('id', user=1.5), await sh('id', group=1.5), await sh('id', extra_groups='x'), await sh('id', extra_groups=[-3]), await sh('id', extra_groups=[2.5]))
    print(await run('/nowhere/x', umask=0), await run('/etc/passwd', umask=0), await sh('true', cwd='/nowhere', umask=0), await run('nosuchprog', umask=0))
    r, w = os.pipe(); r2, w2 = os.pipe()
    print(await sh(f'echo through >&{w}; ls /proc/self/fd | wc -l', pass_fds=(w,)), os.read(r, 20))
    print(await sh(f'(echo x >&{w2}) 2>/dev/null; echo $?', pass_fds=(w,)))
    print(await sh('pwd; echo $A', cwd='/tmp', env={'A': 'b', 'PATH': '/bin:/usr/bin'}, umask=0, start_new_session=True))
    print((await sh('kill -PIPE $$; echo alive', restore_signals=True))[0], (await sh('kill -PIPE $$; echo alive', restore_signals=False)))
    for kw in (dict(startupinfo=1), dict(creationflags=2), dict(nonsense=1), dict(bufsize=1), dict(text=True), dict(encoding='x'), dict(universal_newlines=True), dict(shell=True)):
        print(await sh('true', **kw))
    print(await sh('cat', stdin=asyncio.subprocess.DEVNULL, umask=1))
    p = await asyncio.create_subprocess_exec('/bin/cat', stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, umask=3)
    print(await p.communicate(b'abc'), p.returncode)
    n = len(os.listdir('/proc/self/fd'))
    for fd in (r, w, r2, w2): os.close(fd)
    await sh('true', umask=0); await run('/nowhere/x', umask=0)
    print(len(os.listdir('/proc/self/fd')) - n)
asyncio.run(main())

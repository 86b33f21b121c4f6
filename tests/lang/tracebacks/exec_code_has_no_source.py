source = "def f():\n    return undefined_name\n\nf()\n"
exec(source)

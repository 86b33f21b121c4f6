"""What tests say about themselves."""


def editors(*names):
    """Runs a test once for each of these line editors."""
    def mark(function):
        function.editors = names
        return function
    return mark


everywhere = editors('readline', 'builtin', 'plain')
in_terminals = editors('readline', 'builtin')
in_builtin = editors('builtin')

__all__ = ["public", "_explicit", "listed_function"]
public = 1
_explicit = 2
hidden = 3
def listed_function(): return "listed"

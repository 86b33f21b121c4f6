print("star imports submodules that __all__ names")

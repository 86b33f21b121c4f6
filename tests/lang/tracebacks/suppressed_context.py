def convert(text):
    try:
        return int(text)
    except ValueError:
        raise RuntimeError(f"cannot convert {text!r}") from None


print(convert("12"))
convert("x")

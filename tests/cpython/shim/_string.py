# What string.Formatter stands on.


def formatter_parser(text):
    """(literal, field name, format spec, conversion) for each replacement field."""
    at = 0
    literal = ""
    while at < len(text):
        c = text[at]
        if c in "{}" and text[at + 1:at + 2] == c:
            literal += c
            at += 2
        elif c == "}":
            raise ValueError("Single '}' encountered in format string")
        elif c == "{":
            depth, end = 1, at + 1
            while end < len(text) and depth:
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            if depth:
                raise ValueError("expected '}' before end of string")
            field, _, spec = text[at + 1:end - 1].partition(":")
            field, mark, conversion = field.partition("!")
            yield literal, field, spec, conversion if mark else None
            literal, at = "", end
        else:
            literal += c
            at += 1
    if literal:
        yield literal, None, None, None


def formatter_field_name_split(name):
    """The first part of "a.b[0]", and pairs (is it an attribute, which)."""
    end = min([name.find(c) for c in ".[" if c in name], default=len(name))
    first, rest, parts = name[:end], name[end:], []
    while rest:
        if rest[0] == ".":
            end = min([rest.find(c, 1) for c in ".[" if c in rest[1:]], default=len(rest))
            parts.append((True, rest[1:end]))
        else:
            end = rest.index("]") + 1
            key = rest[1:end - 1]
            parts.append((False, int(key) if key.isdigit() else key))
        rest = rest[end:]
    return int(first) if first.isdigit() else first, iter(parts)

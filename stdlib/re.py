"""Regular expressions: searching, matching and replacing text by patterns."""
from _re import (Match, Pattern, _setup, compile, escape, findall, finditer, fullmatch, match, purge, search, split, sub, subn)

__all__ = ["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "template", "escape",
           "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL",
           "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag"]


class error(Exception):
    """A pattern or a replacement template that is wrong.

    msg says what, pattern is the whole text, pos where in it (None: nowhere in particular), lineno and colno the same by lines."""
    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = f"{msg} at position {pos}"
            if newline in pattern:
                msg += f" (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


# ---- flags: ints that show their names

_FLAGS = {"ASCII": 256, "IGNORECASE": 2, "LOCALE": 4, "UNICODE": 32, "MULTILINE": 8, "DOTALL": 16, "VERBOSE": 64, "TEMPLATE": 1, "DEBUG": 128}
_LETTERS = {"A": "ASCII", "I": "IGNORECASE", "L": "LOCALE", "U": "UNICODE", "M": "MULTILINE", "S": "DOTALL", "X": "VERBOSE", "T": "TEMPLATE"}
_KNOWN = sum(_FLAGS.values())


class _FlagType(type):
    def __call__(cls, value, *args, **kwargs):
        if isinstance(value, cls):
            return value
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        return cls._of(value)

    def __iter__(cls):
        return map(cls._of, _FLAGS.values())

    def __reversed__(cls):
        return map(cls._of, reversed(_FLAGS.values()))

    def __len__(cls):
        return len(_FLAGS)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __contains__(cls, member):
        if not isinstance(member, cls):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and 'EnumType'" % type(member).__qualname__)
        return not member.value & ~_KNOWN

    def __repr__(cls):
        return "<flag 'RegexFlag'>"

    @property
    def __members__(cls):
        from types import MappingProxyType
        members = {"NOFLAG": cls.NOFLAG}
        for name in _FLAGS:
            members[name] = getattr(cls, name)
            for letter in _LETTERS:
                if _LETTERS[letter] == name:
                    members[letter] = members[name]
        return MappingProxyType(members)


class RegexFlag(int, metaclass=_FlagType):
    """What changes how a pattern is understood; flags are combined with |."""

    _made = {}

    @classmethod
    def _of(cls, value):
        if value < 0:    # the complement of flags: all the others
            value = value & _KNOWN if -value <= _KNOWN + 1 else value & ((1 << value.bit_length()) - 1)
        made = cls._made.get(value)
        if made is None:
            made = cls._made[value] = int.__new__(cls, value)
        return made

    @property
    def value(self):
        return int(self)

    _value_ = value

    @property
    def name(self):
        names = [name for name, bit in _FLAG_ITEMS if self & bit]
        rest = self.value & ~_KNOWN
        if not names:
            return "NOFLAG" if not rest else None
        return "|".join(names + ([hex(rest)] if rest else []))

    _name_ = name

    def __repr__(self):
        names = ["re." + name for name, bit in _FLAG_ITEMS if self & bit]
        rest = self.value & ~_KNOWN
        if not names:
            return "re.NOFLAG" if not rest else "re.RegexFlag(%d)" % self.value
        return "|".join(names + ([hex(rest)] if rest else []))

    __str__ = __repr__

    def __format__(self, spec):
        return format(str(self), spec)

    def __iter__(self):
        for _, bit in _FLAG_ITEMS:
            if self & bit:
                yield self._of(bit)

    def __len__(self):
        return self.value.bit_count()

    def __bool__(self):
        return int.__bool__(self)

    def __contains__(self, other):
        if not isinstance(other, RegexFlag):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'" % (type(other).__qualname__, "RegexFlag"))
        return int(other) & int(self) == int(other)

    def __or__(self, other):
        return self._of(int(self) | int(other)) if isinstance(other, int) else NotImplemented

    def __and__(self, other):
        return self._of(int(self) & int(other)) if isinstance(other, int) else NotImplemented

    def __xor__(self, other):
        return self._of(int(self) ^ int(other)) if isinstance(other, int) else NotImplemented

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        # All the others, as many bits as there are or were taken for flags.
        every = (1 << max(_KNOWN.bit_length(), self.value.bit_length())) - 1
        return self._of((every if self.value & ~_KNOWN else _KNOWN) & ~self.value)

    def __reduce_ex__(self, protocol):
        return (RegexFlag, (int(self),))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


_FLAG_ITEMS = list(_FLAGS.items())
NOFLAG = RegexFlag.NOFLAG = RegexFlag(0)
for _name in _FLAGS:
    globals()[_name] = RegexFlag(_FLAGS[_name])
    setattr(RegexFlag, _name, RegexFlag(_FLAGS[_name]))
for _name in _LETTERS:
    globals()[_name] = RegexFlag(_FLAGS[_LETTERS[_name]])
    setattr(RegexFlag, _name, RegexFlag(_FLAGS[_LETTERS[_name]]))
del _name
_setup(error, RegexFlag)


def template(pattern, flags=0):
    """A pattern with the TEMPLATE flag, which means nothing: deprecated."""
    import warnings
    warnings.warn("The re.template() function is deprecated as it is an undocumented function without an obvious purpose. "
                  "Use re.compile() instead.", DeprecationWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return compile(pattern, flags | T)


class Scanner:
    """Takes a text apart by a lexicon, a list of pairs of a pattern and an action: None to skip what matches, something to call with the
    scanner and the text, or what to give back."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._actions = {}
        parts, group = [], 1
        for phrase, action in lexicon:
            parts.append("(%s)" % phrase)
            self._actions[group] = action
            group += 1 + compile(phrase, flags).groups
        self.scanner = compile("|".join(parts), flags)

    def scan(self, string):
        """(list of the results, what is left of the text)"""
        results = []
        next_match = self.scanner.scanner(string).match
        at = 0
        while (found := next_match()) is not None:
            end = found.end()
            if end == at:
                break
            action = self._actions[found.lastindex]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                results.append(action)
            at = end
        return results, string[at:]

# A JSON reader and writer in plain Python: characters, recursion, dicts and lists.
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def blank(self):
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.at += 1

    def value(self):
        self.blank()
        char = self.text[self.at]
        if char == "{":
            return self.object()
        if char == "[":
            return self.array()
        if char == '"':
            return self.string()
        for word, value in ("true", True), ("false", False), ("null", None):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def object(self):
        self.at += 1
        result = {}
        self.blank()
        while self.text[self.at] != "}":
            self.blank()
            key = self.string()
            self.blank()
            self.at += 1
            result[key] = self.value()
            self.blank()
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1
        return result

    def array(self):
        self.at += 1
        result = []
        self.blank()
        while self.text[self.at] != "]":
            result.append(self.value())
            self.blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.blank()
        self.at += 1
        return result

    def string(self):
        self.at += 1
        parts = []
        while (char := self.text[self.at]) != '"':
            self.at += 1
            if char == "\\":
                char = self.text[self.at]
                self.at += 1
                if char == "u":
                    char = chr(int(self.text[self.at:self.at + 4], 16))
                    self.at += 4
                else:
                    char = ESCAPES[char]
            parts.append(char)
        self.at += 1
        return "".join(parts)

    def number(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "+-.0123456789eE":
            self.at += 1
        text = self.text[start:self.at]
        return float(text) if "." in text or "e" in text else int(text)


def write(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(write(k) + ": " + write(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([write(item) for item in value]) + "]"
    return repr(value)


document = {"items": [{"id": i, "name": f"item \"{i}\"", "price": i * 1.25, "tags": ["a", "b\n", None, True],
                       "nested": {"x": [i, [i + 1, [i + 2]]], "flag": False}} for i in range(60)]}
text = write(document)
for _ in range(200):
    copy = Reader(text).value()
    assert write(copy) == text
print(len(text), copy == document, copy["items"][7]["name"])

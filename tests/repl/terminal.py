"""A program in a pseudo-terminal, and the screen that a person would see: for the tests of the prompt.

Nothing here waits for time to pass: keys are sent, and then text is waited for. The limit on that is generous and only reached by failures.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import unicodedata

LIMIT_S = float(os.environ.get('COIL_REPL_TEST_LIMIT', '30'))


class Screen:
    """Enough of a VT100 for line editors: rows of cells, a cursor, what has scrolled away."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.cells = [[' '] * columns for _ in range(rows)]
        self.gone = []
        self.row = self.column = 0
        self.pending = b''
        self.saw_color = False

    def feed(self, data):
        data = self.pending + data
        at = 0
        while at < len(data):
            size = self._one(data, at)
            if size == 0:
                break
            at += size
        self.pending = data[at:]

    def _one(self, data, at):
        """Handles what stands at `at`; how many bytes it took, 0 when more must come first."""
        byte = data[at]
        if byte == 0x1b:
            return self._escape(data, at)
        if byte < 0x20 or byte == 0x7f:
            self._control(byte)
            return 1
        size = 1 if byte < 0xc0 else 2 if byte < 0xe0 else 3 if byte < 0xf0 else 4
        if at + size > len(data):
            return 0
        for character in data[at:at + size].decode('utf-8', 'replace'):
            self._put(character)
        return size

    def _control(self, byte):
        if byte == 0x0d:
            self.column = 0
        elif byte == 0x0a:
            self._line_feed()
        elif byte == 0x08:
            self.column = max(0, min(self.column, self.columns - 1) - 1)
        elif byte == 0x09:
            self.column = min(self.columns - 1, (self.column // 8 + 1) * 8)

    def _line_feed(self):
        if self.row + 1 < self.rows:
            self.row += 1
            return
        self.gone.append(self.cells.pop(0))
        self.cells.append([' '] * self.columns)

    def _put(self, text):
        if unicodedata.combining(text):
            if self.column > 0:
                self.cells[self.row][self.column - 1] += text
            return
        width = 2 if unicodedata.east_asian_width(text) in 'WF' else 1
        if self.column + width > self.columns:
            self.column = 0
            self._line_feed()
        self.cells[self.row][self.column] = text
        if width == 2:
            self.cells[self.row][self.column + 1] = ''
        self.column += width

    def _escape(self, data, at):
        if at + 1 >= len(data):
            return 0
        if data[at + 1] != ord('['):
            return 2 if data[at + 1] not in b'()' else 3
        end = at + 2
        while end < len(data) and not 0x40 <= data[end] <= 0x7e:
            end += 1
        if end >= len(data):
            return 0
        text = data[at + 2:end].decode('ascii', 'replace')
        numbers = [int(part) if part.isdigit() else 0 for part in text.split(';')]
        self._csi(chr(data[end]), numbers, text)
        return end + 1 - at

    def _csi(self, final, numbers, text):
        count = max(1, numbers[0])
        cells, column = self.cells[self.row], min(self.column, self.columns - 1)
        if final == 'A':
            self.row = max(0, self.row - count)
        elif final == 'B':
            self.row = min(self.rows - 1, self.row + count)
        elif final == 'C':
            self.column = min(self.columns - 1, self.column + count)
        elif final == 'D':
            self.column = max(0, column - count)
        elif final == 'G':
            self.column = min(self.columns, count) - 1
        elif final == 'H':
            self.row = min(self.rows, count) - 1
            self.column = min(self.columns, max(1, numbers[1]) if len(numbers) > 1 else 1) - 1
        elif final == 'K':
            first, last = (column, self.columns) if numbers[0] == 0 else (0, column + 1) if numbers[0] == 1 else (0, self.columns)
            cells[first:last] = [' '] * (last - first)
        elif final == 'J':
            if numbers[0] == 2:
                self.cells = [[' '] * self.columns for _ in range(self.rows)]
            else:
                cells[column:] = [' '] * (self.columns - column)
                for row in range(self.row + 1, self.rows):
                    self.cells[row] = [' '] * self.columns
        elif final == 'P':
            del cells[column:column + count]
            cells += [' '] * (self.columns - len(cells))
        elif final == '@':
            cells[column:column] = [' '] * count
            del cells[self.columns:]
        elif final == 'm' and any(30 <= number <= 37 or 90 <= number <= 97 for number in numbers):
            self.saw_color = True

    def resize(self, columns, rows):
        """As terminals do: long rows are broken. What was above stays above."""
        lines = []
        cursor = 0
        for index, row in enumerate(self.cells[:max(self.row + 1, self._used())]):
            text = row[:max(len(''.join(row).rstrip()), self.column if index == self.row else 0)]
            pieces = [text[at:at + columns] for at in range(0, len(text), columns)] or [[]]
            if index == self.row:
                cursor = len(lines) + self.column // columns
                self.column %= columns
            lines += [piece + [' '] * (columns - len(piece)) for piece in pieces]
        extra = max(0, len(lines) - rows)
        self.gone += lines[:extra]
        self.cells = lines[extra:]
        self.cells += [[' '] * columns for _ in range(rows - len(self.cells))]
        self.row = min(max(0, cursor - extra), rows - 1)
        self.columns, self.rows = columns, rows

    def _used(self):
        return max((index + 1 for index, row in enumerate(self.cells) if ''.join(row).strip()), default=0)

    def lines(self):
        """All rows down to the last that is used, what has scrolled away first."""
        rows = self.gone + self.cells[:max(self._used(), self.row + 1)]
        return [''.join(row).rstrip() for row in rows]


class Failure(Exception):
    pass


class Session:
    """One run of a command in a terminal."""

    def __init__(self, command, columns=80, rows=24, environment=None, folder=None):
        self.screen = Screen(columns, rows)
        self.status = None
        self.raw = b''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
                if folder:
                    os.chdir(folder)
                os.execvpe(command[0], command, environment)
            finally:
                os._exit(127)

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def send(self, keys):
        """Reads meanwhile what comes, as terminals do: a program that nobody listens to would read no keys either."""
        data = keys.encode('utf-8') if isinstance(keys, str) else keys
        os.set_blocking(self.fd, False)
        while data:
            readable, writable, _ = select.select([self.fd], [self.fd], [], LIMIT_S)
            if not readable and not writable:
                raise Failure('the program reads no keys; the screen is\n' + self.picture())
            if readable and not self._read(0):
                break
            if writable:
                try:
                    data = data[os.write(self.fd, data[:4096]):]
                except BlockingIOError:
                    pass
        os.set_blocking(self.fd, True)

    def _read(self, seconds):
        """False when nothing came in time, or the program has ended."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self.screen.feed(data)
        return bool(data)

    def wait(self, condition, what):
        end = time.monotonic() + LIMIT_S
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                raise Failure(f'waited for {what}; the screen is\n' + self.picture())
            if not self._read(min(left, 0.5)) and self.status is None:
                self._look_for_end()
            if self.status is not None and not condition():
                raise Failure(f'the program ended (status {self.status}) before {what}; the screen is\n' + self.picture())

    def _look_for_end(self):
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            while self._read(0):
                pass
            self.status = os.waitstatus_to_exitcode(status)

    def picture(self):
        return '\n'.join('    |' + line for line in self.screen.lines()[-self.screen.rows:])

    def text(self):
        return '\n'.join(self.screen.lines())

    def expect(self, text):
        """Until the text is to be seen, anywhere."""
        self.wait(lambda: text in self.text(), repr(text))

    def expect_end(self, *lines):
        """Until these are the last lines; the last of them may have blanks at its end."""
        wanted = [line.rstrip() for line in lines]
        self.wait(lambda: self.screen.lines()[-len(wanted):] == wanted, repr(lines))

    def expect_cursor(self, column):
        self.wait(lambda: self.screen.column == column, f'the cursor in column {column}')

    def prompt(self, prompt='>>>'):
        """Until an empty prompt waits."""
        self.expect_end(prompt)

    def enter(self, text, prompt='>>>'):
        """Types a line and waits for what comes of it and the next prompt."""
        before = len(self.screen.lines())
        self.send(text + '\r')
        self.wait(lambda: len(self.screen.lines()) > before and self.screen.lines()[-1] == prompt, f'a prompt after {text!r}')

    def resize(self, columns, rows):
        while self._read(0.05):
            pass
        self.screen.resize(columns, rows)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

    def finish(self):
        """Until the program has ended; its exit status."""
        end = time.monotonic() + LIMIT_S
        while self.status is None:
            if time.monotonic() > end:
                raise Failure('the program does not end; the screen is\n' + self.picture())
            if not self._read(0.1):
                self._look_for_end()
        return self.status

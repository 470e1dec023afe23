"""How a text file writes a table: recognised from its beginning, by rules that a person can follow.

The separator is the one that gives most rows the same number of columns and makes most entries numbers; the decimal
sign is the one that makes more entries numbers; the first line is a header where it has words above numbers.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from explorer.data import Choices
from explorer.engine.errors import ExplorerError
from explorer.files.datasets.cells import EITHER, is_missing, is_plainly_number

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
"""Separator to its name; of equals, the first is taken."""
HEAD = 2**16
ROWS = 200
BOM = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff")
REMARK, EXCEL = "#", "sep="
"""With what a line begins that is no row: a remark, and the separator as Excel is told it."""
REMARKS = (REMARK, EXCEL)
Row = list[str]


class Dialect(Struct, frozen=True):
    """How a file writes its table.

    Attributes
    ----------
    encoding
        "utf-8-sig" (UTF-8 with or without a mark at its start) or "latin-1".
    end
        What ends a line.
    columns
        Number of columns.
    """

    encoding: str
    end: bytes
    separator: str
    decimal: str
    header: bool
    columns: int

    @property
    def words(self) -> str:
        """What was recognised, in words."""
        header = "a header" if self.header else "no header"
        decimal = "comma" if self.decimal == "," else "point"
        encoding = "UTF-8" if self.encoding.startswith("utf") else "Latin-1"
        return f"separated by {SEPARATORS[self.separator]}, decimal {decimal}, {header}, {encoding}"


def recognised(head: bytes, choices: Choices) -> Dialect:
    """Return the dialect of a file that begins with ``head``, as far as ``choices`` leave it open.

    Raises
    ------
    ExplorerError
        If this is no text, or nothing is in it.
    """
    refuse_binary(head)
    encoding, end = encoding_of(head), b"\n" if b"\n" in head or b"\r" not in head else b"\r"
    text = io.StringIO(without_last_line(head, end).decode(encoding), newline="")
    lines = [line for line, _ in zip(text, range(2 * ROWS), strict=False)]
    if not any(line.strip() for line in lines):
        raise ExplorerError("it is empty: expected a table, a sample a line")
    separator = choices.separator or separator_of(lines, choices)
    rows = sample_rows(lines, separator)
    decimal = choices.decimal or decimal_of(rows, separator)
    header = has_header(rows, decimal) if choices.header is None else choices.header
    return Dialect(encoding, end, separator, decimal, header, len(rows[0]))


def refuse_binary(head: bytes) -> None:
    """Refuse what is no text in a known encoding."""
    if head.startswith(WIDE) or half_empty(head):
        raise ExplorerError("it is written in UTF-16: save it as UTF-8")
    if b"\0" in head:
        raise ExplorerError("it is no text: expected a table (CSV), an IDX file or a NumPy file")


def half_empty(head: bytes) -> bool:
    """Tell whether every second byte is 0 and the others are not, as in UTF-16 of plain letters and digits."""
    zeros = [half.count(0) / max(len(half), 1) for half in (head[::2], head[1::2])]
    return max(zeros) > 0.9 and min(zeros) < 0.1


def encoding_of(head: bytes) -> str:
    """Return UTF-8 where the bytes are that, up to a character cut off at their end, else Latin-1."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = len(head) >= HEAD and error.start >= len(head) - 3 and error.reason == "unexpected end of data"
        return "utf-8-sig" if cut_off else "latin-1"
    return "utf-8-sig"


def without_last_line(head: bytes, end: bytes) -> bytes:
    """Return the head without a line that may be cut off, if it has several."""
    cut = head.rfind(end) + 1
    return head[:cut] if cut and len(head) >= HEAD else head


def records(lines: Iterable[str], separator: str, first: int = 1) -> Iterator[tuple[int, Row]]:
    """Return the rows of lines numbered from ``first``, each with that of the line it begins on; blank lines are none.

    Raises
    ------
    ExplorerError
        If a quote is opened and not closed.
    """
    if separator == " ":
        lines = (line.rstrip() + "\n" for line in lines)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    line = first
    try:
        for row in reader:
            if row:
                yield line, row
            line = first + reader.line_num
    except csv.Error as error:
        raise ExplorerError(f"line {line:,} cannot be read ({error}): close or double its quotes") from error


def sample_rows(lines: list[str], separator: str) -> list[Row]:
    """Return the first rows, their entries stripped: as many entries each as there are columns, where they are regular.

    Lines of nothing but spaces are none, nor are remarks; a separator at the end of each line begins no column.
    """
    found = [
        [entry.strip() for entry in row] for (_, row), _ in zip(records(lines, separator), range(ROWS), strict=False)
    ]
    plain = [row for row in found if not row[0].startswith(REMARKS)] or found
    columns = max(map(len, plain))
    rows = [row for row in found if not is_no_row(row, columns)]
    return without_ends(rows) if ends_in_separators(rows) else rows


def ends_in_separators(rows: list[Row]) -> bool:
    """Tell whether a separator ends every line, but perhaps that of the names."""
    first, *rest = rows
    ended = rest and all(len(row) > 1 and not row[-1] for row in rest)
    return bool(ended) and (not first[-1] or len(first) < len(rest[0]))


def without_ends(rows: list[Row]) -> list[Row]:
    """Return the rows without what stands behind a separator at their end, which is nothing."""
    columns = len(rows[1]) - 1
    return [row[:-1] if len(row) > columns and not row[-1] else row for row in rows]


def is_no_row(row: Row, columns: int) -> bool:
    """Tell whether a line is none of a table of so many columns: a remark, or nothing but spaces."""
    first = row[0].strip()
    if first.lower().startswith(EXCEL):
        return True
    return len(row) != columns and (first.startswith(REMARK) or (len(row) == 1 and not first))


def separator_of(lines: list[str], choices: Choices) -> str:
    """Return the likeliest separator; a comma where none gives two columns."""
    scores = {}
    for separator in SEPARATORS:
        try:
            rows = sample_rows(lines, separator)
        except ExplorerError:
            continue
        columns, count = Counter(map(len, rows)).most_common(1)[0]
        decimal = choices.decimal or decimal_of(rows, separator)
        if columns > 1:
            scores[separator] = count / len(rows) * (1 + share_of_numbers(rows, decimal))
    return max(scores, key=lambda separator: scores[separator], default=",")


def share_of_numbers(rows: list[Row], decimal: str) -> float:
    """Return which share of the entries below the first row are numbers."""
    below = rows[1:] or rows
    return count_of_numbers(below, decimal) / max(sum(map(len, below)), 1)


def count_of_numbers(rows: list[Row], decimal: str) -> int:
    """Return how many entries are numbers."""
    return sum(is_plainly_number(entry, decimal) for row in rows for entry in row)


def decimal_of(rows: list[Row], separator: str) -> str:
    """Return the decimal sign that makes more of the entries numbers; a point where both do alike."""
    if separator == ",":
        quoted = sum(
            "," in entry and is_plainly_number(entry, ",") and not EITHER.fullmatch(entry)
            for row in rows
            for entry in row
        )
        points = sum("." in entry and is_plainly_number(entry, ".") for row in rows for entry in row)
        return "," if quoted > points else "."
    return "," if count_of_numbers(rows, ",") > count_of_numbers(rows, ".") else "."


def has_header(rows: list[Row], decimal: str) -> bool:
    """Tell whether the first row is one of names.

    It is where more columns have a word above numbers than a number above numbers; and, where no column has numbers,
    where its words are all different and do not come again below.
    """
    first, below = rows[0], rows[1:]
    if not below:
        return not any(is_plainly_number(entry, decimal) for entry in first)
    words = numbers = 0
    columns = [[row[j] for row in below if j < len(row) and not is_missing(row[j])] for j in range(len(first))]
    for entry, column in zip(first, columns, strict=True):
        if column and all(is_plainly_number(value, decimal) for value in column):
            is_number = is_plainly_number(entry, decimal)
            numbers += is_number
            words += not is_number
    if words or numbers:
        return words > numbers
    again = any(entry in column for entry, column in zip(first, columns, strict=True))
    return len(set(first)) == len(first) and not again

"""Tables drawn by Hypothesis, and a writer of them in any dialect that shares no code with the reader."""

import math

from hypothesis import strategies as st
from msgspec import Struct

Entry = float | str | None
SEPARATORS = ",;\t| "
UNKNOWN = ("", "NA", "n/a", "NaN", "null", "?")
LETTERS = st.characters(codec="latin-1", categories=("L", "P", "S", "N"), include_characters=' ,;|\t"')
UNMEANT = {"", "na", "n/a", "#n/a", "nan", "null", "none", "?"}


def is_word(text: str) -> bool:
    """Tell whether a text is one that nobody takes for a number or a gap."""
    try:
        float(text.replace(",", "."))
    except ValueError:
        return text.lower() not in UNMEANT
    return False


WORDS = st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(is_word)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = st.one_of(FLOATS, st.integers(-(2**53), 2**53).map(float), st.integers(0, 9).map(float))


class Written(Struct, frozen=True):
    """A table: its rows, names or None, and how it is written."""

    rows: list[list[Entry]]
    names: list[str] | None
    separator: str
    decimal: str
    end: str
    encoding: str
    quote_all: bool
    last_end: bool
    unknown: str

    def bytes(self) -> bytes:
        """Return the file."""
        lines = [] if self.names is None else [self._line(self.names)]
        lines += [self._line([self._text(entry) for entry in row]) for row in self.rows]
        text = self.end.join(lines) + (self.end if self.last_end else "")
        return text.encode(self.encoding)

    def _text(self, entry: Entry) -> str:
        if entry is None:
            return self.unknown
        if isinstance(entry, str):
            return entry
        short = str(int(entry)) if entry.is_integer() and abs(entry) < 2**53 and math.copysign(1, entry) > 0 else None
        return (short or repr(entry)).replace(".", self.decimal)

    def _line(self, entries: list[str]) -> str:
        return self.separator.join(self._quoted(entry) for entry in entries)

    def _quoted(self, text: str) -> str:
        needed = not text or any(c in text for c in f'{self.separator}"\r\n ')
        return '"' + text.replace('"', '""') + '"' if needed or self.quote_all else text


@st.composite
def dialects(draw: st.DrawFn, rows: list[list[Entry]], names: list[str] | None) -> Written:
    """Draw how a table is written."""
    separator = draw(st.sampled_from(SEPARATORS))
    return Written(
        rows=rows,
        names=names,
        separator=separator,
        decimal="." if separator == "," else draw(st.sampled_from(".,")),
        end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "latin-1"])),
        quote_all=draw(st.booleans()),
        last_end=draw(st.booleans()),
        unknown=draw(st.sampled_from(UNKNOWN)),
    )


@st.composite
def tables(draw: st.DrawFn) -> Written:
    """Draw a table of numbers with gaps, its last column words or numbers, with a header or without."""
    columns = draw(st.integers(1, 4))
    words = draw(st.booleans())
    row = [st.one_of(NUMBERS, NUMBERS, st.none()) for _ in range(columns - 1)] + [WORDS if words else NUMBERS]
    rows: list[list[Entry]] = [list(entries) for entries in draw(st.lists(st.tuples(*row), min_size=1, max_size=30))]
    names = draw(st.none() | st.lists(WORDS, min_size=columns, max_size=columns, unique_by=str.lower))
    return draw(dialects(rows, names))


@st.composite
def plain_tables(draw: st.DrawFn) -> Written:
    """Draw a table of numbers alone, whose dialect a person could tell as well."""
    columns = draw(st.integers(2, 5))
    row = st.lists(NUMBERS, min_size=columns, max_size=columns)
    rows: list[list[Entry]] = [list(entries) for entries in draw(st.lists(row, min_size=1, max_size=40))]
    names = [f"x{number}" for number in range(columns)]
    return draw(dialects(rows, draw(st.sampled_from([None, names]))))


@st.composite
def tables_with_words(draw: st.DrawFn) -> Written:
    """Draw a table of numbers with one of few words, or a gap, at the end of each row, or at its beginning."""
    columns = draw(st.integers(1, 4))
    known = [*draw(st.lists(WORDS, min_size=1, max_size=3)), None]
    row = st.tuples(st.lists(NUMBERS, min_size=columns, max_size=columns), st.sampled_from(known))
    pairs = draw(st.lists(row, min_size=12, max_size=40))
    first = draw(st.booleans())
    rows: list[list[Entry]] = [[word, *numbers] if first else [*numbers, word] for numbers, word in pairs]
    others = [f"x{number}" for number in range(columns)]
    names = ["label", *others] if first else [*others, "label"]
    return draw(dialects(rows, names))

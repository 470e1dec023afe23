"""A text file of a table, read in small steps: each block of lines quickly if it is plain, by rows where it is not."""

import io
import os
from collections.abc import Generator, Iterator
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from explorer.data import Choices, Table, unique_names
from explorer.engine.errors import ExplorerError
from explorer.files.datasets.blocks import Opened, Progress, opened, whole_lines
from explorer.files.datasets.cells import is_missing, number
from explorer.files.datasets.dialect import (
    BOM,
    HEAD,
    REMARK,
    Dialect,
    Row,
    is_no_row,
    recognised,
    records,
    sample_rows,
)
from explorer.files.datasets.gathering import Gathering, WordsFoundError
from explorer.files.datasets.plain import numbers_beside_words, plain_numbers
from explorer.files.reasons import shown

BATCH = 500
Reading = Generator[Progress, None, Table]


class Plan(Struct, frozen=True):
    """How a file is about to be read.

    Attributes
    ----------
    names
        Of the columns.
    target
        Index of the column that must not lose a word; None where none is.
    coded
        Indices of the columns that hold words, which are kept, so that any of them may become the target.
    """

    dialect: Dialect
    names: tuple[str, ...]
    target: int | None
    coded: frozenset[int]


def read_table(path: str | os.PathLike[str], choices: Choices) -> Reading:
    """Read a table, giving way after each block; what the generator returns is the table.

    Closing the generator ends the reading. Where the beginning of the file promised too much (a word far down in a
    target of numbers, a byte that is no UTF-8), it is read again from the start.

    Raises
    ------
    ExplorerError
        If there is no such file, or it is no table; the sentence names the line.
    """
    try:
        plan = plan_of(path, choices)
        while True:
            try:
                return (yield from one_reading(path, plan))
            except WordsFoundError as found:
                plan = replace(plan, coded=plan.coded | {found.column})
            except UnicodeDecodeError:
                plan = replace(plan, dialect=replace(plan.dialect, encoding="latin-1"))
    except MemoryError as error:
        raise ExplorerError(f"{shown(path)} takes more memory than there is: leave out rows or columns") from error
    except ExplorerError as error:
        known = str(error).startswith(shown(path))
        raise error if known else ExplorerError(f"{shown(path)}: {error}") from error


def plan_of(path: str | os.PathLike[str], choices: Choices) -> Plan:
    """Look at the beginning of a file, and decide."""
    with opened(path) as source:
        head = source.read(HEAD)
    dialect = recognised(head, choices)
    text = head.decode(dialect.encoding, errors="replace")
    rows = sample_rows(list(io.StringIO(text, newline="")), dialect.separator)
    if len(rows) > 1 and len(head) >= HEAD:
        rows.pop()
    names = unique_names(named(rows[0]) if dialect.header else [""] * dialect.columns)
    target = choices.target_of(names)
    coded = {j for j in range(len(names)) if share_of_words(rows[dialect.header :], j, dialect) > (j != target) / 2}
    coded |= {j for j, name in enumerate(names) if name in choices.words}
    if choices.task == "numbers":
        return Plan(dialect, names, None, frozenset(coded - {target}))
    return Plan(dialect, names, target, frozenset(coded))


def named(header: Row) -> Row:
    """Return the names in a header, without the mark of a remark before the first, as NumPy writes it."""
    return [header[0].removeprefix(f"{REMARK} "), *header[1:]]


def share_of_words(rows: list[Row], j: int, dialect: Dialect) -> float:
    """Return which share of the known entries of column ``j`` are no numbers."""
    known = [row[j] for row in rows if j < len(row) and not is_missing(row[j])]
    return sum(number(entry, dialect.decimal) is None for entry in known) / max(len(known), 1)


def one_reading(path: str | os.PathLike[str], plan: Plan) -> Reading:
    """Read the file once from the start."""
    with opened(path) as source:
        blocks = whole_lines(source, plan.dialect.end)
        first, line = without_header(next(blocks, b""), plan.dialect)
        gathering = Gathering(
            plan.names, plan.dialect.decimal, plan.target, plan.coded, rows=rows_expected(source, first)
        )
        for block in chain([first], blocks):
            if b'"' in block:
                yield from by_rows(chain([block], blocks), plan, gathering, line, source)
                break
            line += by_block(block, plan, gathering, line)
            yield source.progress()
    if not gathering.rows:
        raise ExplorerError("it holds no samples: expected a line for each, below the names of the columns")
    return gathering.table(os.fspath(path), plan.dialect.words)


def without_header(block: bytes, dialect: Dialect) -> tuple[bytes, int]:
    """Return the first block without a mark at its start and without the header, and the line that it begins with."""
    block = block.removeprefix(BOM)
    if not dialect.header:
        return block, 1
    text = io.StringIO(block.decode(dialect.encoding), newline="")
    for _, row in records(text, dialect.separator):
        if not is_no_row(trimmed(row, dialect.columns), dialect.columns):
            break
    rest = block[len(text.getvalue()[: text.tell()].encode(codec(dialect))) :]
    return rest, 1 + lines_in(block, dialect) - lines_in(rest, dialect)


def codec(dialect: Dialect) -> str:
    """Return the encoding, without a mark at the start."""
    return "utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding


def lines_in(block: bytes, dialect: Dialect) -> int:
    """Return how many lines a block of whole lines has."""
    return block.count(dialect.end)


def rows_expected(source: Opened, block: bytes) -> int:
    """Return about how many rows the file has, by the length of those in a block; of a packed file, of that block."""
    rows = block.count(b"\n") or block.count(b"\r")
    size = len(block) if source.packed else source.size
    return rows * size // max(len(block), 1) * 17 // 16 + 16 if rows else 16


def by_block(block: bytes, plan: Plan, gathering: Gathering, line: int) -> int:
    """Add a block without quotes, and return how many lines it has."""
    dialect = plan.dialect
    if gathering.head_is_full and (rows := by_plain_block(block, plan, gathering, line)):
        return rows
    text = io.StringIO(block.decode(codec(dialect)), newline="")
    add_rows(list(records(text, dialect.separator, line)), dialect, gathering)
    return lines_in(block, dialect)


def by_plain_block(block: bytes, plan: Plan, gathering: Gathering, line: int) -> int:
    """Add a block the quick way and return how many lines it has; 0 where it holds more than numbers and words."""
    dialect = plan.dialect
    written = dialect.separator, dialect.decimal, dialect.columns
    if not plan.coded:
        numbers = plain_numbers(block, *written)
        if numbers is None:
            return 0
        gathering.add_numbers(numbers, line)
        return len(numbers)
    column = min(plan.coded)
    found = numbers_beside_words(block, *written, column) if len(plan.coded) == 1 else None
    if found is None:
        return 0
    numbers, words = found
    gathering.add_beside_words(numbers, words.decode(codec(dialect)).split("\n"), column, line)
    return len(numbers)


def by_rows(
    blocks: Iterator[bytes], plan: Plan, gathering: Gathering, line: int, source: Opened
) -> Generator[Progress, None, None]:
    """Add everything from a block with quotes on, row by row, as a quoted entry may hold line breaks."""
    encoding = codec(plan.dialect)
    lines = (text for block in blocks for text in io.StringIO(block.decode(encoding), newline=""))
    rows = records(lines, plan.dialect.separator, line)
    while batch := list(islice(rows, BATCH)):
        add_rows(batch, plan.dialect, gathering)
        yield source.progress()


def add_rows(batch: list[tuple[int, list[str]]], dialect: Dialect, gathering: Gathering) -> None:
    """Add rows with their lines; lines of nothing but spaces are no rows, nor are remarks."""
    trim = ((line, trimmed(row, dialect.columns)) for line, row in batch)
    rows = [(line, row) for line, row in trim if not is_no_row(row, dialect.columns)]
    gathering.add_rows([row for _, row in rows], [line for line, _ in rows])


def trimmed(row: list[str], columns: int) -> list[str]:
    """Return a row without what stands behind a separator at its end, which is nothing."""
    return row[:-1] if len(row) == columns + 1 and not row[-1].strip() else row

"""A preview as lines of text: what ``train --preview`` prints."""

import math

from explorer.data.preview import THE_CLASS, ColumnLine, Preview, class_words

WIDEST = 36
MOST_LINES = 30
MOST_ACROSS = 8


def preview_text(preview: Preview) -> str:
    """Return the preview as text: a summary, the columns, the first rows, the classes; ``fault`` is the caller's."""
    parts = [summary(preview), columns(preview), first_rows(preview), classes(preview)]
    return "\n\n".join(part for part in parts if part)


def summary(preview: Preview) -> str:
    """Return one line about the whole file, and how it is written."""
    size = f"{preview.column_count:,} columns"
    if preview.image_shape:
        size = "{} × {} pixels".format(*preview.image_shape)
    line = f"{preview.name}: {preview.samples:,} samples of {size}"
    what = {"classes": class_words(preview), "numbers": "a number"}.get(preview.task, "")
    named = "" if preview.target == THE_CLASS and what else preview.target
    told = f"to predict: {', '.join(filter(None, (named, what)))}" if preview.target else ""
    return "\n".join(part for part in (line, preview.dialect, told) if part)


def columns(preview: Preview) -> str:
    """Return a table of the columns; images have none worth a line."""
    if preview.image_shape:
        return ""
    rows: list[tuple[str, ...]] = [("", "column", "used as", "holds", "from", "to", "missing")]
    rows += [cells(number, line) for number, line in enumerate(preview.columns[:MOST_LINES], start=1)]
    rest = preview.column_count - len(rows) + 1
    return aligned(rows) + (f"\n... and {rest:,} more columns" if rest > 0 else "")


def cells(number: int, line: ColumnLine) -> tuple[str, ...]:
    """Return the cells of a column's line."""
    low, high = ("" if math.isnan(value) else f"{value:.6g}" for value in (line.low, line.high))
    role = f"{line.role}, {line.why}" if line.why else line.role
    kind = f"{line.kind}, {line.inputs} inputs" if line.kind == "text" and line.inputs else line.kind
    return str(number), line.name, role, kind, low, high, line.gaps


def first_rows(preview: Preview) -> str:
    """Return the first rows as they are written, as many columns as fit."""
    if preview.image_shape or not preview.rows:
        return ""
    names = tuple(line.name for line in preview.columns[:MOST_ACROSS])
    return aligned([names, *(row[:MOST_ACROSS] for row in preview.rows)])


def classes(preview: Preview) -> str:
    """Return the classes with their counts."""
    if not preview.classes:
        return ""
    rows: list[tuple[str, ...]] = [("class", "samples")]
    rows += [(name, f"{count:,}") for name, count in preview.classes[:MOST_LINES]]
    rest = len(preview.classes) - MOST_LINES
    return aligned(rows) + (f"\n... and {rest:,} more classes" if rest > 0 else "")


def aligned(rows: list[tuple[str, ...]]) -> str:
    """Return the rows as lines whose columns stand under each other."""
    short = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in short)
    return "\n".join(line.rstrip() for line in lines)


def printable(cell: str) -> str:
    """Return an entry on one line, cut where it is long."""
    plain = "".join(c if c.isprintable() else " " for c in cell)
    return plain if len(plain) <= WIDEST else f"{plain[: WIDEST - 1]}…"

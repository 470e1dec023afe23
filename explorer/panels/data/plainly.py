"""Sentences of the readers as a window says them: without the options of the command line, for a dialog has its own."""

import re
from pathlib import Path

from explorer.data import Preview
from explorer.tape.sentences import begun

UNITS = (("GB", 2**30), ("MB", 2**20), ("KB", 2**10))
OPTION = re.compile(r" \(--[^)]*\)")


def without_options(sentence: str) -> str:
    """Return a sentence without the options of the command line."""
    return OPTION.sub("", sentence)


def plainly(sentence: str, path: Path) -> str:
    """Return a refusal without options, and without the path that stands above it already; it begins with a capital."""
    told = without_options(sentence.removeprefix(f"{path}: "))
    told = told.replace(str(path), path.name)
    return begun(told)


def size_in_words(count: int) -> str:
    """Return "962 MB", "12.3 MB" or "4.6 KB"."""
    unit, size = next((each for each in UNITS if count >= 1.5 * each[1]), UNITS[-1])
    amount = count / size
    return f"{amount:,.0f} {unit}" if amount >= 100 else f"{amount:,.1f} {unit}"


def facts(preview: Preview, size: int) -> str:
    """Return what a file holds and how it is written, in one line."""
    columns = (
        "{} × {} pixels".format(*preview.image_shape)
        if preview.image_shape
        else counted(preview.column_count, "column")
    )
    parts = [counted(preview.samples, "sample"), columns, size_in_words(size)]
    if preview.missing:
        parts.append(counted(preview.missing, "missing value"))
    return " · ".join([*parts, preview.dialect] if preview.dialect else parts)


def counted(count: int, what: str) -> str:
    """Return "1 sample" or "1,797 samples"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"

"""The holes in a pattern of a formula: {0} for an operand, {t0} for its transpose, {W2+} for any name, {nk}."""

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from explorer.tape.orientation import Vectors

OPERAND = re.compile(r"t?\d+$")
ENTRIES: Mapping[Vectors, Mapping[str, str]] = {"row": {"nk": "{nk}"}, "column": {"nk": "{kn}"}}
"""Output k of sample n: the row is the sample, or the column is."""


@cache
def names_in(pattern: str) -> tuple[str, ...]:
    """Return the names on the tape that stand in the braces of a pattern: W2+ of ``{W2+}``, and not its operands."""
    fields = (field for _, field, _, _ in Formatter().parse(pattern) if field)
    return tuple(field for field in fields if not OPERAND.match(field) and field not in ENTRIES["row"])


def entry_indices(vectors: Vectors) -> Mapping[str, str]:
    """Return what stands for the indices of an entry."""
    return ENTRIES[vectors]

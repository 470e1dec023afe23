"""What an entry of a text file is: a number, a missing value, or text. One rule for every reader."""

import math
import re

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?"})
"""Entries, in lower case, that stand for a value nobody knows."""

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
"""A number with a decimal point: no thousands separators, no infinities."""

WHOLE_COMMA = re.compile(r"[^,]*,(?!\d)")
"""A comma behind which no digit stands, which is no decimal comma while a separator is still looked for."""


def is_missing(text: str) -> bool:
    """Tell whether a stripped entry stands for a missing value."""
    return text.lower() in MISSING


def number(text: str, decimal: str) -> float | None:
    """Return the finite number that a stripped entry is, with that decimal sign; None where it is none."""
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def is_plainly_number(text: str, decimal: str) -> bool:
    """Tell whether an entry is a number whose decimal comma, if it has one, has a digit behind it."""
    return number(text, decimal) is not None and not (decimal == "," and WHOLE_COMMA.match(text))

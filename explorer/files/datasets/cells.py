"""What an entry of a text file is: a number, a missing value, or text. One rule for every reader."""

import math
import re

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?"})
"""Entries, in lower case, that stand for a value nobody knows."""

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
"""A number with a decimal point: no infinities."""

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
"""A number with a decimal point whose digits are grouped by commas: 1,234 or 12,345,678.90."""

EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""What may be thousands or thousandths, by which no decimal sign is recognised: 1,234 or 1.234."""

SWAPPED = str.maketrans(".,", ",.")
MINUS = "\N{MINUS SIGN}"

WHOLE_COMMA = re.compile(r"[^,]*,(?!\d)")
"""A comma behind which no digit stands, which is no decimal comma while a separator is still looked for."""


def is_missing(text: str) -> bool:
    """Tell whether a stripped entry stands for a missing value."""
    return text.lower() in MISSING


def number(text: str, decimal: str) -> float | None:
    """Return the finite number that a stripped entry is, with that decimal sign; None where it is none."""
    if decimal == ",":
        text = text.translate(SWAPPED)
    if "," in text and THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    text = text.replace(MINUS, "-")
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def is_plainly_number(text: str, decimal: str) -> bool:
    """Tell whether an entry is a number that can be nothing else, whatever the decimal sign may be.

    Its decimal comma, if it has one, has a digit behind it; and it is not grouped by what may be a decimal sign.
    """
    if number(text, decimal) is None or (decimal == "," and WHOLE_COMMA.match(text)):
        return False
    return decimal in text or not EITHER.fullmatch(text)

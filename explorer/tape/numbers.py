"""Numbers as people read them, honestly: a true minus sign, nothing shown as 0 that is not, the exact form at hand."""

from math import floor, isfinite, isinf, isnan, log10

MINUS = "−"
LEAST = 1e-3
"""Of the numbers that are written without a power of ten: with one, smaller ones are shorter."""
DIGITS = tuple(range(2, 18))
"""Choices of precision; 17 stands for the shortest form that reads back to the same float64."""


def exact(value: float, *, signed: bool = False) -> str:
    """Return the shortest form that reads back to the same float64."""
    return _with_sign(_named(abs(value)) or repr(float(abs(value))), value, signed=signed)


def shown(value: float, digits: int = 4, *, signed: bool = False, room: int = 0) -> str:
    """Return the number with at least that many significant digits: ``digits`` decimals, more of 0.0084, fewer of 12.

    One below ``LEAST``, or too large for that, is written as 1.234e−4.

    Parameters
    ----------
    digits
        Significant digits, and decimals of a number below 10; 17 for the exact form.
    signed
        Write + before a positive number, as gradients are written.
    room
        Most characters, sign included; 0 for no bound. Precision gives way.
    """
    if digits >= DIGITS[-1]:
        return exact(value, signed=signed)
    text = _with_sign(_rounded(abs(value), digits), value, signed=signed)
    while room and len(text) > room and digits > 1:
        digits -= 1
        text = _with_sign(_rounded(abs(value), digits), value, signed=signed)
    return text


def number_of(text: str) -> float:
    """Return the number that a shown form stands for."""
    return float(text.replace(MINUS, "-").replace("∞", "inf"))


def is_rounded(value: float, digits: int = 4) -> bool:
    """Tell whether the shown form is not the whole number."""
    return isfinite(value) and number_of(shown(value, digits)) != value


def _with_sign(size: str, value: float, *, signed: bool) -> str:
    if value < 0:
        return MINUS + size
    return f"+{size}" if signed and value > 0 else size


def _named(size: float) -> str:
    """Return the name of what is no finite number, else nothing."""
    if isnan(size):
        return "NaN"
    return "∞" if isinf(size) else ""


def _rounded(size: float, digits: int) -> str:
    """Return a size >= 0 with that many significant digits, or in scientific form."""
    if not isfinite(size):
        return _named(size)
    if 0 < size < LEAST:
        return _scientific(size, digits)
    if 0 < size < 1:
        power = int(f"{size:.{max(digits, 1) - 1}e}".partition("e")[2])  # of 0.09996 as it is rounded
        return f"{size:.{digits - 1 - power if power else digits}f}"
    decimals = digits - max(0, floor(log10(size))) if size else digits
    if decimals < 0:
        return _scientific(size, digits)
    text = f"{size:.{decimals}f}"
    grown = len(text) > digits + 2  # 9.99996 became 10.0000
    return f"{size:.{decimals - 1}f}" if grown and decimals else text


def _scientific(size: float, digits: int) -> str:
    """Return 1.234e−4: that many significant digits."""
    decimals = max(digits - 1, 0)
    mantissa, _, exponent = f"{size:.{decimals}e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)

"""Numbers in the drawing: short ones that fit a unit, exact ones under the mouse; a true minus sign in both."""

from math import floor, isfinite, isnan, log10

MINUS = "−"


def exact(value: float, *, signed: bool = False) -> str:
    """Return the shortest form that reads back to the same float64."""
    return with_sign(named(value) or repr(float(abs(value))), value, signed=signed)


def short(value: float, *, signed: bool = False) -> str:
    """Return at most seven characters and the sign: four decimals below 10, fewer above, 1.2e−4 beyond."""
    return with_sign(named(value) or rounded(abs(value)), value, signed=signed)


def with_sign(size: str, value: float, *, signed: bool) -> str:
    """Put the sign before the size; a plus only where signs are wanted."""
    plus = "+" if signed and value > 0 else ""
    return (MINUS if value < 0 else plus) + size.replace("-", MINUS)


def named(value: float) -> str:
    """Return what no digits can say, else nothing."""
    if isfinite(value):
        return ""
    return "NaN" if isnan(value) else "∞"


def rounded(size: float) -> str:
    """Return a size, 0 or more, in six characters, or 1.2e−34; never 0 for what is not 0."""
    if size and not 1e-3 <= size < 99_999.5:
        mantissa, exponent = f"{size:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    decimals = 4 - max(0, floor(log10(size))) if size else 4
    text = f"{size:.{decimals}f}"
    return text if len(text) <= 6 else f"{size:.{decimals - 1}f}"

"""What stands at the ticks of an axis: of a curve, and of a plane."""


def tick_words(value: float, digits: int = 4) -> str:
    """Return 0, 0.6, 1.2, 250, 5e6, 2e−5: no longer than a tick may be."""
    text = f"{value:.{digits}g}"
    if "e" in text or abs(value) >= 1e5:
        mantissa, exponent = f"{value:.{digits + 2}e}".split("e")
        text = f"{float(mantissa):.{digits + 2}g}e{int(exponent)}"
    return text.replace("-", "−")

"""What names, shapes and places on a tape are called in plain text, and which of its arrays have a row a sample."""

import re
from functools import cache

from explorer.tape.names import Role, parse
from explorer.tape.numbers import exact

PER_SAMPLE = "xyzhp"
DERIVATIVE = re.compile(r"\bd(?=[a-zJRW])")


def plain(name: str) -> str:
    """Return a name as text: ∂J/∂z1 for dJ/dz1."""
    return DERIVATIVE.sub("∂", name)


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as people write it: 2×3, 5, and 1 for a scalar."""
    return "×".join(map(str, shape)) or "1"


def shape_words(shape: tuple[int, ...]) -> str:
    """Return a shape as it is read in a sentence: 2 × 3, or 3, or number."""
    return " × ".join(map(str, shape)) or "number"


def place(index: tuple[int, ...]) -> str:
    """Return an index counted from 1, e.g. [1, 2]; nothing for a scalar."""
    return f"[{', '.join(str(k + 1) for k in index)}]" if index else ""


def cell_text(name: str, index: tuple[int, ...], value: float | None, label: str = "") -> str:
    """Return a cell with its exact value, e.g. W1[3, 12] = −0.034, under its label where it has another."""
    what = (label or plain(name)) + place(index)
    return f"{what}: not computed yet" if value is None else f"{what} = {exact(value, signed=is_signed(name))}"


@cache  # few names, and each number that is drawn asks
def is_signed(name: str) -> bool:
    """Tell whether its numbers are written with their sign: gradients and slopes are."""
    return parse(name).role in {Role.GRADIENT, Role.FACTOR} and not is_transposed_weight(name)


def is_transposed_weight(name: str) -> bool:
    """Tell whether the name is a factor dz/dh: a weight matrix, transposed."""
    parsed = parse(name)
    return parsed.over.startswith("z") and parsed.symbol in "xh"


def is_per_sample(name: str) -> bool:
    """Tell whether the array has a row for each sample."""
    parsed = parse(name)
    return parsed.symbol in PER_SAMPLE and parsed.role is not Role.UPDATED and not is_transposed_weight(name)

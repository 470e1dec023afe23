"""A shape as it is typed: 2x3, (2, 3), and where nothing but a shape is asked for, any two whole numbers."""

import re

from explorer.lessons.answers.answer import Shape

SIDE = r"([1-9]\d{0,8})"
SHAPE = re.compile(rf"^\(?\s*{SIDE}\s*[x×]\s*{SIDE}\s*\)?$", re.ASCII)
TUPLE = re.compile(rf"^\(\s*{SIDE}\s*,\s*{SIDE}?\s*\)$", re.ASCII)
BETWEEN = r"(?:\s*[xX×*·,]\s*|\s+by\s+|\s+)"
SIDES = re.compile(rf"^[\[(]?\s*{SIDE}(?:{BETWEEN}{SIDE})?\s*,?\s*[\])]?$", re.ASCII)


def read_shape(text: str, *, pair_is_shape: bool = True) -> Shape | None:
    """Return the shape that is all of an answer: 2x3 or (2, 3); None where it is something else.

    ``pair_is_shape`` says whether two whole numbers in parentheses are one: they may be an answer of two numbers.
    """
    found = SHAPE.match(text.strip()) or (TUPLE.match(text.strip()) if pair_is_shape else None)
    return None if found is None else (int(found[1]), int(found[2] or 1))


def read_sides(text: str) -> tuple[int, ...] | None:
    """Return what is typed where a shape is asked for: 2 × 6, (2, 6), 2 6, or one side, 12; None for anything else."""
    found = SIDES.match(text.strip())
    return None if found is None else tuple(int(side) for side in found.groups() if side)

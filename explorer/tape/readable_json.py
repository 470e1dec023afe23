"""JSON that a person can read: a matrix stands row by row, and every number reads back to the same float64.

The json module knows one number a line or everything on one line, and neither shows a matrix as a matrix.
"""

import json
import math

Json = dict[str, "Json"] | list["Json"] | str | float | int | bool | None
"""A value that JSON can hold."""

WIDTH = 100
"""Longest object that stands on one line, in characters."""


def readable(value: Json) -> str:
    """Return the value as JSON text that ends with a newline.

    NaN and the infinities, for which JSON has no number, are written as the strings "NaN", "Infinity" and
    "-Infinity": the text stays valid JSON, nothing is lost, and ``float`` reads them back.
    """
    return layout(value, "") + "\n"


def layout(value: Json, indent: str) -> str:
    """Return the value, its further lines indented: lists without lists and short objects on one line."""
    if isinstance(value, dict):
        return layout_object(value, indent)
    if isinstance(value, list) and any(isinstance(entry, dict | list) for entry in value):
        return block("[", [layout(entry, indent + "  ") for entry in value], "]", indent)
    return inline(value)


def layout_object(value: dict[str, Json], indent: str) -> str:
    """Return an object: on one line where it is short and holds nothing that has lines of its own."""
    if not any(isinstance(entry, dict | list) and entry for entry in value.values()):
        line = inline(value)
        if len(line) <= WIDTH:
            return line
    pairs = [f"{json.dumps(key)}: {layout(entry, indent + '  ')}" for key, entry in value.items()]
    return block("{", pairs, "}", indent)


def block(opening: str, lines: list[str], closing: str, indent: str) -> str:
    """Return the lines between brackets, one step further in."""
    body = f",\n{indent}  ".join(lines)
    return f"{opening}\n{indent}  {body}\n{indent}{closing}"


def inline(value: Json) -> str:
    """Return the value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {inline(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(entry) for entry in value) + "]"
    if isinstance(value, float) and not math.isfinite(value):
        return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'
    return json.dumps(value, ensure_ascii=False)

"""Checks of single values: what was found and its path in, the value out, or a refusal of one sentence."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from explorer.engine.errors import ExplorerError

Check = Callable[[object, str], Any]
"""``check(value, path)`` returns the value, or raises an ExplorerError that names the path."""

MISSING: Final = object()
"""Stands for a value that is not there, so that every check can say itself what it expected."""

TYPES: tuple[tuple[type | tuple[type, ...], str], ...] = (((list, tuple), "a list"), (dict, "an object"))


class Field(NamedTuple):
    """A key of an object: how its value is checked, and whether the object can do without."""

    check: Check
    required: bool = False


def refusal(value: object, path: str, expected: str) -> ExplorerError:
    """Return the error that says where, what was found and what was expected."""
    return ExplorerError(f"{path or 'the problem'} {found(value)}: expected {expected}")


def found(value: object) -> str:
    """Say what a value is, in few words and on one line."""
    if value is MISSING:
        return "is missing"
    if value is None or isinstance(value, bool):
        return f"is {str(value).lower().replace('none', 'null')}"
    if isinstance(value, float) and not math.isfinite(value):
        return "is NaN" if math.isnan(value) else "is infinite or too large for a number"
    if isinstance(value, int) and value.bit_length() > 128:
        return "is a whole number of more than 38 digits"
    if isinstance(value, str | int | float):
        return f"is {shortened(value)}"
    names = [name for kind, name in TYPES if isinstance(value, kind)]
    return f"is {names[0] if names else 'of type ' + type(value).__name__}"


def shortened(value: object) -> str:
    """Return the value's literal, cut where it is long; escapes keep it on one line."""
    text = repr(value)
    return text if len(text) <= 40 else text[:36] + "…" + text[0] * isinstance(value, str)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 row, 2 rows."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def suggestion(name: object, names: Iterable[str]) -> str:
    """Return a guess at what was meant, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 (1.5 ms that no right name waits for)

    close = get_close_matches(name, list(names), 1) if isinstance(name, str) else []
    return f" (did you mean {close[0]}?)" if close else ""


def fields(value: object, path: str, table: Mapping[str, Field]) -> dict[str, Any]:
    """Return the checked values of an object's keys; keys that may be left out and are, are left out."""
    if not isinstance(value, dict):
        raise refusal(value, path, f"an object with the keys {', '.join(table)}")
    for key in value:
        if key not in table:
            where = f" in {path}" if path else ""
            hint = suggestion(key, table)
            raise ExplorerError(f"unknown key {shortened(key)}{where}: expected one of {', '.join(table)}{hint}")
    checked = {}
    for key, field in table.items():
        if key in value or field.required:
            checked[key] = field.check(value.get(key, MISSING), f"{path}.{key}" if path else key)
    return checked


def anything(value: object, path: str) -> object:
    """Return any value that is there; what depends on other keys is checked later."""
    if value is MISSING:
        raise refusal(value, path, "a value")
    return value


def text(value: object, path: str) -> str:
    """Return a string that can be written to a file."""
    if not isinstance(value, str):
        raise refusal(value, path, "a text")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ExplorerError(f"{path} holds half of a surrogate pair: expected text that can be written as UTF-8")
    return value


def flag(value: object, path: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise refusal(value, path, "true or false")
    return value


def listed(value: object, path: str, expected: str) -> list[Any]:
    """Return a list that holds something."""
    if not isinstance(value, list | tuple):
        raise refusal(value, path, expected)
    if not value:
        raise ExplorerError(f"{path} is empty: expected {expected}")
    return list(value)


def number(value: object, path: str, expected: str = "a finite number") -> float:
    """Return a finite number as float64; true and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refusal(value, path, expected)
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise refusal(value, path, expected)
    return result


def positive(value: object, path: str) -> float:
    """Return a number above 0."""
    expected = "a finite number greater than 0"
    result = number(value, path, expected)
    if result <= 0:
        raise refusal(value, path, expected)
    return result


def within(fits: Callable[[float], bool], expected: str) -> Check:
    """Return the check of a number that fits."""

    def check(value: object, path: str) -> float:
        result = number(value, path, expected)
        if not fits(result):
            raise refusal(value, path, expected)
        return result

    return check


def not_negative(value: object, path: str) -> float:
    """Return a number of 0 or more."""
    expected = "a finite number, 0 or more"
    result = number(value, path, expected)
    if result < 0:
        raise refusal(value, path, expected)
    return result


def whole(least: int) -> Check:
    """Return the check of a whole number of ``least`` or more that fits into 63 bits."""

    def check(value: object, path: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 2**63:
            raise refusal(value, path, f"a whole number, {least} or more")
        return value

    return check


def one_of(names: Iterable[str]) -> Check:
    """Return the check of a name from a table; the table is read when the check runs."""

    def check(value: object, path: str) -> str:
        known = list(names)
        if not isinstance(value, str) or value not in known:
            raise refusal(value, path, f"one of {', '.join(known)}{suggestion(value, known)}")
        return value

    return check

"""Holds every override of a function of Qt's to what it says to return.

mypy holds that to what Qt expects, but lets what is ``Any`` pass: an ``np.int64`` in place of an ``int``. PySide then
warns, and Qt goes on with zero; where warnings are errors, that one is lost.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from explorer.overrides import Override


def held_to_annotations(guarded: Callable[[Override], Override]) -> Callable[[Override], Override]:
    """Return what guards overrides and checks what they return besides."""

    def checked(function: Override) -> Override:
        expected = function.__annotations__.get("return", Any)

        @wraps(function)
        def override(*arguments: Any, **named: Any) -> Any:
            answer = function(*arguments, **named)
            if not is_of(answer, expected):
                raise TypeError(f"{function.__qualname__} returned {answer!r} in place of {expected}")
            return answer

        return guarded(override)

    return checked


def is_of(answer: object, expected: object) -> bool:
    """Tell whether an answer is of the type of an annotation; what is no type allows all."""
    if expected is None:
        return answer is None
    return expected is Any or not isinstance(expected, type) or isinstance(answer, expected)

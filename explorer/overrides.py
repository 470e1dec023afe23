"""Lets what goes wrong in our overrides of Qt's functions be told, in place of ending the process.

Qt calls our ``paintEvent``, ``sizeHint`` or ``data``; PySide prints an error that leaves one, or raises it where Python
had called Qt. Two things can go wrong on the way, and both end in a segmentation fault:

* Before Python 3.12, an error that C raised (an index out of range, a division by zero) is a mere message until it is
  caught somewhere. PySide 6.11 takes that message for the exception itself.
* The traceback keeps the painter of the ``paintEvent`` that failed, and an active painter keeps the window's pixels:
  nothing more can be painted on them, and the next painter may find no state to paint with.

So each override catches its error, lets go of what the error's frames held, and raises it again.
"""

import traceback
from collections.abc import Callable
from functools import cache, wraps
from types import FunctionType
from typing import Any

from shiboken6.Shiboken import Object

HOOK = "__init_subclass__"

Override = Callable[..., Any]


def guarded(function: Override) -> Override:
    """Return an override whose errors PySide can tell, and which keep no painter."""

    @wraps(function)
    def override(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except BaseException as error:
            let_go(error)
            raise

    return override


def let_go(error: BaseException) -> None:
    """Empty the frames that an error has left, and those of the errors that it came of."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        traceback.clear_frames(cause.__traceback__)
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__


def guard_overrides(guard: Callable[[Override], Override] = guarded) -> None:
    """Guard the overrides of all classes that are derived from Qt's from now on."""

    def guard_class(cls: type[Object], /, **options: Any) -> None:
        super(Object, cls).__init_subclass__(**options)
        mine = vars(cls)
        for name in names_of_qt(cls.__mro__[1:]).intersection(mine):
            if isinstance(mine[name], FunctionType):
                setattr(cls, name, guard(mine[name]))

    setattr(Object, HOOK, classmethod(guard_class))


@cache
def names_of_qt(bases: tuple[type, ...]) -> frozenset[str]:
    """Return what Qt's own classes among the bases call their functions."""
    of_qt = [base for base in bases if base.__module__.startswith("PySide6.")]
    return frozenset(name for base in of_qt for name in vars(base) if not name.startswith("__"))

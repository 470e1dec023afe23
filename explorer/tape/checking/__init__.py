"""The gradient check: a tape against differences and complex steps of the loss, and what a wrong gradient means.

Its names are imported when they are first asked for: a window opens on a step that has nothing to check.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.tape.checking.gradcheck import (
        WrongShapeError,
        check_entry,
        check_gradients,
        is_checkable,
        is_factor,
        nudger_of,
        wrong_shape,
    )
    from explorer.tape.checking.gradcompare import gradient_of

HOMES = {
    "WrongShapeError": "explorer.tape.checking.gradcheck",
    "check_entry": "explorer.tape.checking.gradcheck",
    "check_gradients": "explorer.tape.checking.gradcheck",
    "gradient_of": "explorer.tape.checking.gradcompare",
    "is_checkable": "explorer.tape.checking.gradcheck",
    "is_factor": "explorer.tape.checking.gradcheck",
    "nudger_of": "explorer.tape.checking.gradcheck",
    "wrong_shape": "explorer.tape.checking.gradcheck",
}
"""Where each lives."""

__all__ = [
    "WrongShapeError",
    "check_entry",
    "check_gradients",
    "gradient_of",
    "is_checkable",
    "is_factor",
    "nudger_of",
    "wrong_shape",
]
__getattr__ = importer(HOMES, globals())

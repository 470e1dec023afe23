"""Backprop Explorer: see backpropagation happen. As a library it needs no Qt.

The names below are loaded when they are first asked for, so that ``import explorer`` costs nothing.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.problems.reading import load_problem
    from explorer.tape.checking.gradcheck import check_gradients
    from explorer.tape.jacobians import jacobian, jacobian_chain, long_way
    from explorer.tape.record import record

HOMES = {
    "load_problem": "explorer.problems.reading",
    "check_gradients": "explorer.tape.checking.gradcheck",
    "jacobian": "explorer.tape.jacobians",
    "jacobian_chain": "explorer.tape.jacobians",
    "long_way": "explorer.tape.jacobians",
    "record": "explorer.tape.record",
}
"""Where each public name lives."""

__all__ = ["check_gradients", "jacobian", "jacobian_chain", "load_problem", "long_way", "record"]
__getattr__ = importer(HOMES, globals())


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *HOMES})

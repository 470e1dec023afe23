"""The engine: networks, losses and training in NumPy. No Qt, no threads, no printing.

The names below are loaded when they are first asked for: errors are needed before NumPy is.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.engine.errors import ExplorerError, NonFiniteError
    from explorer.engine.network import Network
    from explorer.engine.problem import Objective, Problem, Update
    from explorer.engine.trainer import StepResult, Trainer

HOMES = {
    "ExplorerError": "explorer.engine.errors",
    "Network": "explorer.engine.network",
    "NonFiniteError": "explorer.engine.errors",
    "Objective": "explorer.engine.problem",
    "Problem": "explorer.engine.problem",
    "StepResult": "explorer.engine.trainer",
    "Trainer": "explorer.engine.trainer",
    "Update": "explorer.engine.problem",
}
"""Where each public name lives."""

__all__ = [
    "ExplorerError",
    "Network",
    "NonFiniteError",
    "Objective",
    "Problem",
    "StepResult",
    "Trainer",
    "Update",
]
__getattr__ = importer(HOMES, globals())


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *HOMES})

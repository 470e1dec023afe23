"""The engine: networks, losses and training in NumPy. No Qt, no threads, no printing.

The names below are loaded when they are first asked for: errors are needed before NumPy is.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *HOMES})

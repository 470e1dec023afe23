"""The engine: networks, losses and training in NumPy. No Qt, no threads, no printing."""

from explorer.engine.errors import ExplorerError, NonFiniteError
from explorer.engine.network import Network
from explorer.engine.problem import Objective, Problem, Update
from explorer.engine.trainer import StepResult, Trainer

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

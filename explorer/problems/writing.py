"""Writing problems: the readable JSON of the problem file, every number as it is."""

import numpy as np
from msgspec.structs import asdict
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import Init
from explorer.engine.network import Layer, Network
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Problem, Update
from explorer.problems.schema import FORMAT, VERSION
from explorer.tape.readable_json import Json, readable


def problem_to_json(problem: Problem) -> str:
    """Return the text of a problem file; it reads back to the same numbers, bit for bit in float64.

    Weights are always written, also those that were drawn: the file then shows them, and gives them to
    programs that cannot draw them. Read again, they count as given (``Problem.drawn`` is False); ``init``
    stays with them.

    Raises
    ------
    ExplorerError
        If a number of the problem is not finite, as after a training that diverged.
    """
    for name, array in {
        **problem.network.parameters,
        "data.inputs": problem.X,
        "data.targets": problem.Y,
    }.items():
        if not np.isfinite(array).all():
            raise ExplorerError(
                f"{name} holds a number that is not finite and cannot be saved: reset the network first"
            )
    return readable(
        {
            "format": FORMAT,
            "version": VERSION,
            "title": problem.title,
            "description": problem.description,
            "source": problem.source,
            "network": network_keys(problem.network),
            "init": init_keys(problem.init),
            "data": {
                "inputs": numbers(problem.X),
                "targets": numbers(problem.Y if problem.labels is None else problem.labels),
            },
            "objective": asdict(problem.objective),
            "update": update_keys(problem.update),
            "mistakes": list(problem.mistakes),
            "notation": problem.notation,
        }
    )


def update_keys(update: Update) -> dict[str, Json]:
    """Return the object of key ``update``: what means something to the optimiser; no schedule where none varies."""
    written = ["optimizer", "learning_rate", "train_biases", *OPTIMIZERS[update.optimizer].hyperparameters]
    if update.schedule.varies:
        written.append("schedule")
    schedule = {name: getattr(update.schedule, name) for name in ("kind", *update.schedule.rule.numbers, "warmup")}
    given = {**asdict(update), "schedule": schedule}
    return {name: given[name] for name in written}


def network_keys(network: Network) -> Json:
    """Return the object of key ``network``."""
    layers: list[Json] = [layer_keys(layer) for layer in network.layers]
    return {"layers": layers, "loss": network.loss, "beta": network.beta}


def layer_keys(layer: Layer) -> Json:
    """Return one object of key ``network.layers``."""
    return {
        "units": len(layer.bias),
        "activation": layer.activation,
        "weights": numbers(layer.weights),
        "bias": numbers(layer.bias),
    }


def init_keys(init: Init) -> Json:
    """Return the object of key ``init``: what differs from the default, and always scheme and seed."""
    plain = asdict(Init())
    return {k: v for k, v in asdict(init).items() if k in {"scheme", "seed"} or v != plain[k]}


def numbers(array: NDArray[np.floating] | NDArray[np.integer]) -> Json:
    """Return the array as lists; float32 becomes the float64 of the same value."""
    listed: Json = array.tolist()
    return listed

"""From checked keys to a problem: shapes against each other, weights given or drawn."""

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import INITIALISERS, Init
from explorer.engine.network import Network, check_beta
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Objective, Problem, Update, class_count, targets_matrix
from explorer.engine.schedules import NUMBERS, SCHEDULES, Schedule, kinds_with
from explorer.engine.update import HYPERPARAMETERS
from explorer.problems.arrays import inputs, matrix, targets, vector
from explorer.problems.checks import fields
from explorer.problems.schema import PROBLEM
from explorer.tape.checked_mistakes import check_mistakes

MOST_NUMBERS = 20_000_000
"""Most numbers in one array of a pass: a tape keeps them all, several times over, in float64."""


def build(data: object) -> Problem:
    """Return the problem that an object of a problem file's keys describes.

    Raises
    ------
    ExplorerError
        In one sentence that names the first key found wrong, by its path.
    """
    keys = fields(data, "", PROBLEM)
    init = build_init(keys.get("init", {}))
    X = inputs(keys["data"]["inputs"], "data.inputs")
    network, drawn = build_network(keys["network"], X.shape, init)
    outputs, loss = network.sizes[-1], network.loss
    found = targets(keys["data"]["targets"], "data.targets", len(X), outputs, class_count(outputs, loss))
    Y, labels = targets_matrix(found, outputs, network.dtype, loss)
    words = {key: keys[key] for key in ("title", "description", "source", "notation", "mistakes") if key in keys}
    objective, update = Objective(**keys.get("objective", {})), build_update(keys.get("update", {}))
    problem = Problem(network, X, Y, labels, objective, update, init, drawn, **words)
    check_mistakes(problem)
    return problem


def build_init(keys: dict[str, Any]) -> Init:
    """Return how missing weights are drawn, if its numbers go together."""
    usual = Init()
    low, high = keys.get("low", usual.low), keys.get("high", usual.high)
    if low > high:
        raise ExplorerError(f"init.low is {low}: expected at most init.high, which is {high}")
    if not np.isfinite(high - low):
        raise ExplorerError(f"init.high is {high}: expected a finite distance from init.low, which is {low}")
    return Init(**keys)


def build_update(keys: dict[str, Any]) -> Update:
    """Return how parameters are changed; numbers of another optimiser than the one that is named are refused."""
    name = keys.get("optimizer", Update().optimizer)
    for key in HYPERPARAMETERS:
        if key in keys and key not in OPTIMIZERS[name].hyperparameters:
            users = ", ".join(other for other, rule in OPTIMIZERS.items() if key in rule.hyperparameters)
            raise ExplorerError(f"update.{key} means nothing to {name}: leave it out, or use one of {users}")
    rest = {key: value for key, value in keys.items() if key != "schedule"}
    usual = {"learning_rate": OPTIMIZERS[name].usual_rate}
    return Update(**{**usual, **rest}, schedule=build_schedule(keys.get("schedule", {})))


def build_schedule(keys: dict[str, Any]) -> Schedule:
    """Return how the rate changes; numbers that mean nothing to a schedule of its kind are refused."""
    kind = keys.get("kind", Schedule().kind)
    for key in NUMBERS:
        if key in keys and key not in SCHEDULES[kind].numbers:
            raise ExplorerError(f"update.schedule.{key} means nothing to a {kind} rate: use kind {kinds_with(key)}")
    return Schedule(**keys)


def build_network(keys: dict[str, Any], data_shape: tuple[int, ...], init: Init) -> tuple[Network, bool]:
    """Return the network, and whether any of its weights were drawn."""
    samples, width = data_shape
    layers = keys["layers"]
    sizes = (width, *(layer["units"] for layer in layers))
    check_size(sizes, samples)
    beta = keys.get("beta", 1.0)
    check_beta(beta, keys["loss"], "network.beta is")
    network = Network(sizes, [layer["activation"] for layer in layers], keys["loss"], beta)
    fill(network, layers, init)
    return network, any("weights" not in layer for layer in layers)


def check_size(sizes: tuple[int, ...], samples: int) -> None:
    """Refuse a network whose arrays would not fit into memory, before one is made."""
    for k, (below, units) in enumerate(pairwise(sizes)):
        largest = units * max(below + 1, samples)
        if largest > MOST_NUMBERS:
            raise ExplorerError(
                f"network.layers[{k}].units is {units}, which makes an array of {largest:,} numbers: "
                f"expected at most {MOST_NUMBERS:,}"
            )


def fill(network: Network, layers: list[dict[str, Any]], init: Init) -> None:
    """Write given weights and biases into the network; draw missing weights, leave missing biases 0.

    One generator, ``default_rng(init.seed)``, draws the layers without weights in order: where all are
    without, the weights are those of ``Network.draw``.
    """
    rng = cache(lambda: np.random.default_rng(init.seed))  # where nothing is drawn, no start waits for its import
    for k, (keys, layer) in enumerate(zip(layers, network.layers, strict=True)):
        path = f"network.layers[{k}]"
        d, h = layer.weights.shape
        below = "input" if k == 0 else "unit of the layer below"
        if "weights" in keys:
            layer.weights[...] = matrix(keys["weights"], f"{path}.weights", (d, h), below, "unit")
        else:
            layer.weights[...] = INITIALISERS[init.scheme](rng(), d, h, init)
        if "bias" in keys:
            layer.bias[...] = vector(keys["bias"], f"{path}.bias", h, "unit")
    if not np.isfinite(network.theta).all():
        raise ExplorerError(f"init.scale is {init.scale}, which draws infinite weights: expected a smaller number")

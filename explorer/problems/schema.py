"""The keys of a problem file, as tables: what each must hold and which may be left out.

Names come from the tables of the engine, so that a new activation, loss or scheme is known here at once.
"""

from typing import Any, get_args

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import INITIALISERS
from explorer.engine.losses import LOSSES
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import L2Form, Reduction
from explorer.engine.schedules import SCHEDULES
from explorer.engine.update import HYPERPARAMETERS
from explorer.problems.checks import (
    Field,
    anything,
    fields,
    flag,
    listed,
    not_negative,
    number,
    one_of,
    positive,
    refusal,
    text,
    whole,
    within,
)
from explorer.tape.mistakes import MISTAKES
from explorer.tape.notation_shelf import notations

FORMAT = "backprop-explorer/problem"
VERSION = 1


def format_name(value: object, path: str) -> str:
    """Return the name of this format."""
    if value != FORMAT:
        raise refusal(value, path, f"{FORMAT!r}")
    return FORMAT


def version(value: object, path: str) -> int:
    """Return a version that this program reads."""
    found: int = whole(1)(value, path)
    if found > VERSION:
        raise ExplorerError(f"{path} is {found}: this program reads up to version {VERSION}, update the program")
    return found


def notation_name(value: object, path: str) -> str:
    """Return the name of a notation among the assets."""
    name: str = one_of(notations())(value, path)
    return name


def mistake_names(value: object, path: str) -> tuple[str, ...]:
    """Return the names of mistakes from the lab; whether each fits the problem is checked with the problem."""
    if not isinstance(value, list | tuple):
        raise refusal(value, path, "a list of names")
    return tuple(one_of(MISTAKES)(name, f"{path}[{k}]") for k, name in enumerate(value))


def layers(value: object, path: str) -> list[dict[str, Any]]:
    """Return the layers, their weights and biases not yet checked."""
    found = listed(value, path, "a list of one layer or more")
    return [fields(layer, f"{path}[{k}]", LAYER) for k, layer in enumerate(found)]


LAYER = {
    "units": Field(whole(1), required=True),
    "activation": Field(one_of(ACTIVATIONS), required=True),
    "weights": Field(anything),
    "bias": Field(anything),
}
NETWORK = {
    "layers": Field(layers, required=True),
    "loss": Field(one_of(LOSSES), required=True),
    "beta": Field(number),
}
INIT = {
    "scheme": Field(one_of(INITIALISERS)),
    "seed": Field(whole(0)),
    "scale": Field(not_negative),
    "low": Field(number),
    "high": Field(number),
}
DATA = {
    "inputs": Field(anything, required=True),
    "targets": Field(anything, required=True),
}
OBJECTIVE = {
    "reduction": Field(one_of(get_args(Reduction))),
    "l2": Field(not_negative),
    "l2_form": Field(one_of(get_args(L2Form))),
}
SCHEDULE = {
    "kind": Field(one_of(SCHEDULES)),
    "steps": Field(whole(1)),
    "factor": Field(within(lambda factor: 0 <= factor <= 1, "a number from 0 to 1")),
    "warmup": Field(whole(0)),
}
UPDATE = {
    "optimizer": Field(one_of(OPTIMIZERS)),
    "learning_rate": Field(positive),
    "train_biases": Field(flag),
    **{name: Field(within(fits, f"a number {words}")) for name, (fits, words) in HYPERPARAMETERS.items()},
    "schedule": Field(lambda value, path: fields(value, path, SCHEDULE)),
}
PROBLEM = {
    "format": Field(format_name, required=True),
    "version": Field(version, required=True),
    "title": Field(text),
    "description": Field(text),
    "source": Field(text),
    "network": Field(lambda value, path: fields(value, path, NETWORK), required=True),
    "init": Field(lambda value, path: fields(value, path, INIT)),
    "data": Field(lambda value, path: fields(value, path, DATA), required=True),
    "objective": Field(lambda value, path: fields(value, path, OBJECTIVE)),
    "update": Field(lambda value, path: fields(value, path, UPDATE)),
    "mistakes": Field(mistake_names),
    "notation": Field(notation_name),
}

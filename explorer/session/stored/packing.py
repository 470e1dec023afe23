"""From records to values that JSON can hold and arrays beside them, and back; what is shared stays shared.

``objects`` is a list in which each entry refers only to entries before it. A value stands in it as itself; a reference
is an object of one key: ``{"object": 3}``, ``{"array": 3}``, ``{"elsewhere": "0.X"}`` for an array of
another file, ``{"float": "nan"}``, and ``{"map": {...}}`` for a mapping.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from pathlib import Path
from types import NoneType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.session.checkpoints import Checkpoints, Pass
from explorer.session.history import Evaluation, History
from explorer.session.series import CHUNK, Series
from explorer.session.stored.records import NAMES, fields_of, made

Array = NDArray[Any]
Values = dict[str, Any]
MEASURED = ("step", "train_loss", "train_accuracy", "test_loss", "test_accuracy")


class Packing:
    """Objects and arrays that were packed so far.

    Parameters
    ----------
    elsewhere
        By identity, arrays that another file holds, with the reference to them.

    Attributes
    ----------
    objects, arrays
        What the file is to hold.
    """

    def __init__(self, elsewhere: Mapping[int, Values] | None = None) -> None:
        self.objects: list[Values] = []
        self.arrays: list[Array] = []
        self._known: dict[int, Values] = dict(elsewhere or {})
        self._held: list[object] = []

    def packed(self, value: object) -> object:
        """Return a value, or the reference to it."""
        for kinds, rule in WRITINGS:
            if isinstance(value, kinds):
                return rule(self, value)
        return self._referred(value)

    def _referred(self, value: object) -> Values:
        """Return the reference to an array or an object, which stands once however often it is referred to."""
        known = self._known.get(id(value))
        if known is None:
            if isinstance(value, np.ndarray):
                self.arrays.append(value)
                known = {"array": len(self.arrays) - 1}
            else:
                self.objects.append(self._taken_apart(value))
                known = {"object": len(self.objects) - 1}
            self._known[id(value)] = known
            self._held.append(value)  # an identity is one for as long as its object lives
        return known

    def _taken_apart(self, value: object) -> Values:
        if isinstance(value, Network):
            return {"is": "network", **self._fields(network_fields(value))}
        if isinstance(value, History):
            return {"is": "history", **self._fields(history_fields(value))}
        kind: type = type(value)
        return {"is": NAMES[kind], **self._fields({name: getattr(value, name) for name in fields_of(kind)})}

    def _fields(self, fields: Mapping[str, object]) -> Values:
        return {name: self.packed(each) for name, each in fields.items()}


WRITINGS: tuple[tuple[type | tuple[type, ...], Callable[[Packing, Any], object]], ...] = (
    (np.generic, lambda packing, number: packing.packed(number.item())),
    (Enum, lambda _packing, member: member.value),
    ((NoneType, bool, int, str), lambda _packing, value: value),
    (float, lambda _packing, number: number if math.isfinite(number) else {"float": str(number)}),
    (Path, lambda _packing, path: str(path)),
    (Mapping, lambda packing, told: {"map": {str(key): packing.packed(each) for key, each in told.items()}}),
    ((set, frozenset), lambda packing, members: [packing.packed(each) for each in sorted(members)]),
    ((list, tuple), lambda packing, members: [packing.packed(each) for each in members]),
)
"""Kinds of values that stand as themselves, in the order in which they are asked for, and how they are written."""


class Unpacking:
    """Objects that were made so far of those that a file tells, in their order.

    Parameters
    ----------
    arrays
        The file's.
    elsewhere
        By name, arrays that another file holds.
    """

    def __init__(self, arrays: Sequence[Array], elsewhere: Mapping[str, Array]) -> None:
        self._arrays, self.elsewhere = arrays, elsewhere
        self._objects: list[object] = []

    def add(self, told: Values) -> None:
        """Make the next object.

        Raises
        ------
        ExplorerError, ValueError, KeyError, IndexError, TypeError
            If it is none.
        """
        fields = {name: self.unpacked(value) for name, value in told.items() if name != "is"}
        name = str(told["is"])
        special = SPECIAL.get(name)
        self._objects.append(made(name, fields) if special is None else special(fields))

    def unpacked(self, value: Any) -> Any:
        """Return what a value says or refers to."""
        if isinstance(value, list):
            return [self.unpacked(each) for each in value]
        if not isinstance(value, dict):
            return value
        ((kind, what),) = value.items()
        return READINGS[kind](self, what)

    def array(self, number: int) -> Array:
        """Return the file's array of that number."""
        return self._arrays[counted(number)]

    def object(self, number: int) -> Any:
        """Return the object of that number."""
        return self._objects[counted(number)]


READINGS: dict[str, Callable[[Unpacking, Any], Any]] = {
    "array": Unpacking.array,
    "object": Unpacking.object,
    "elsewhere": lambda unpacking, name: unpacking.elsewhere[name],
    "float": lambda _unpacking, text: float(text),
    "map": lambda unpacking, told: {name: unpacking.unpacked(value) for name, value in told.items()},
}


def counted(number: object) -> int:
    """Return a number that counts from 0."""
    if type(number) is not int or number < 0:
        raise ValueError("no number of an array or an object")
    return number


def network_fields(network: Network) -> Values:
    """Return what a network is made of."""
    names = ("sizes", "activations", "loss", "beta")
    return {**{name: getattr(network, name) for name in names}, "theta": network.theta}


def network_of(fields: Values) -> Network:
    """Return the network of these fields; its parameters are many only if they are there."""
    theta, sizes = fields["theta"], fields["sizes"]
    if theta.shape != (sum((d + 1) * h for d, h in pairwise(sizes)),):
        raise ExplorerError("a network in it has other sizes than its weights")
    network = Network(sizes, fields["activations"], fields["loss"], fields["beta"], theta.dtype)
    network.theta[:] = theta
    return network


def history_fields(history: History) -> Values:
    """Return what a history is made of: the losses as the parts that histories share, an evaluation as a row."""
    rows = np.array([[getattr(each, name) for name in MEASURED] for each in history.evaluations], np.float64)
    return {
        "losses": history.losses.chunks(),
        "evaluations": rows.reshape(-1, len(MEASURED)),
        "interval": history.interval,
        "checkpoints": tuple(history.checkpoints),
        "spacing": history.checkpoints.interval,
    }


def history_of(fields: Values) -> History:
    """Return the history of these fields."""
    chunks, rows, passes = fields["losses"], fields["evaluations"], fields["checkpoints"]
    spacing, interval = (max(counted(fields[name]), 1) for name in ("spacing", "interval"))
    if not all(chunk.dtype == np.float32 and chunk.ndim == 1 and len(chunk) <= CHUNK for chunk in chunks):
        raise ExplorerError("its losses are no rows of numbers")
    if not all(isinstance(each, Pass) for each in passes):
        raise ExplorerError("its kept steps are no passes")
    evaluations = [Evaluation(int(step), *numbers) for step, *numbers in rows.tolist()]
    for steps in ([each.step for each in evaluations], [each.step for each in passes]):
        if steps != sorted(set(steps)) or min(steps, default=0) < 0:
            raise ExplorerError("what was measured in it is in no order")
    return History.of(Series.of(chunks), Checkpoints.of(passes, spacing), evaluations, interval)


SPECIAL: dict[str, Callable[[Values], object]] = {"network": network_of, "history": history_of}
"""What is made of parts, and is no record of fields."""

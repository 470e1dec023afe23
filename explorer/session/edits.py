"""Changes of single numbers and conventions: each a small value that makes one state out of another. No Qt."""

import math
from collections.abc import Callable, Hashable
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network, check_beta
from explorer.engine.problem import Problem
from explorer.session.guests import Drawn, HeldOut
from explorer.session.guests_told import guest_name
from explorer.session.pages import with_entries
from explorer.session.pictures.confusion import classes_of
from explorer.session.showing import retaped, shown_problem
from explorer.session.state import State
from explorer.session.subject import Subject
from explorer.tape.checked_mistakes import check_mistakes
from explorer.tape.entries import Cell, Index
from explorer.tape.numbers import shown

Array = NDArray[np.floating]


class Command(Protocol):
    """A change that can be undone."""

    def key(self, state: State) -> Hashable:
        """Return what changes in a row that are one have in common; None for one by itself."""

    def text(self, state: State) -> str:
        """Return what it is called, after "Undo", where it is made in that state."""

    def apply(self, state: State) -> State:
        """Return the state after it; the same object where nothing changes."""


class Edit(Struct, frozen=True):
    """Another number in one cell of a weight, a bias, the inputs or the targets.

    Attributes
    ----------
    cell
        (name, index) on the tape.
    dragged
        True for one of many numbers on the way of a drag: those of one cell are one change.
    """

    cell: Cell
    value: float
    dragged: bool = False

    def key(self, state: State) -> Hashable:
        """Return the cell, for a drag."""
        return (self.cell, state.sample, state.whole, state.guest) if self.dragged else None

    def text(self, state: State) -> str:
        """Return the assignment; of a sample, which, where its row does not say it."""
        name, index = self.cell
        if state.guest is not None and name in "xy":
            return f"{state.spelled(self.cell)} of the {guest_name(state)} = {shown(self.value)}"
        told = name not in "xy" or state.samples == 1 or (state.whole and len(state.minibatch) == state.samples)
        where = "" if told else f" of sample {sample_of(state, index[0]) + 1:,}"
        return f"{state.spelled(self.cell)}{where} = {shown(self.value)}"

    def apply(self, state: State) -> State:
        """Return the state with the number in its place.

        Raises
        ------
        ExplorerError
            If there is no such cell to edit, or the value is not finite in the network's precision.
        """
        name, index = self.cell
        if not is_editable(state, name):
            raise ExplorerError(f"{name} is computed: edit a weight, a bias, an input or a target")
        shape = state.tape.value(name).shape
        if len(index) != len(shape) or not all(0 <= k < n for k, n in zip(index, shape, strict=True)):
            raise ExplorerError(f"{name} has no entry {index}: its shape is {shape}, count from 0")
        with np.errstate(over="ignore"):
            number = float(state.network.dtype.type(self.value))
        if not math.isfinite(number):
            raise ExplorerError(f"{state.spelled(self.cell)}: expected a finite number")
        return edit_sample(state, self.cell, number) if name in "xy" else edit_parameter(state, self.cell, number)


class Temperature(Struct, frozen=True):
    """Another inverse temperature of the softmax: p = softmax(beta z)."""

    beta: float

    def key(self, _state: State) -> Hashable:
        """Return the same for all: a slider passes many."""
        return "beta"

    def text(self, _state: State) -> str:
        """Return the assignment."""
        return f"β = {shown(self.beta)}"

    def apply(self, state: State) -> State:
        """Return the state at that temperature.

        Raises
        ------
        ExplorerError
            If the loss has no softmax, or beta is not finite.
        """
        network = state.network
        if network.loss != "softmax_cross_entropy":
            raise ExplorerError(f"the loss {network.loss} has no temperature: it belongs to softmax_cross_entropy")
        check_beta(self.beta, network.loss)
        if self.beta == network.beta:
            return state
        subject = changed(state.subject, "beta", lambda problem: {"network": retuned(problem.network, self.beta)})
        return retaped(replace(state, subject=subject, network=retuned(network, self.beta)))


class Mistakes(Struct, frozen=True):
    """Another choice of mistakes that the passes make on purpose."""

    names: tuple[str, ...]

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, _state: State) -> str:
        """Return which mistakes are made."""
        return f"mistakes: {', '.join(self.names)}" if self.names else "no mistakes"

    def apply(self, state: State) -> State:
        """Return the state whose passes make these mistakes.

        Raises
        ------
        ExplorerError
            If one is unknown, named twice, or would change nothing; or one has stretched a parameter already.
        """
        problem = state.subject.problem
        if self.names == problem.mistakes and not problem.puzzle:
            return state
        check_mistakes(replace(problem, mistakes=self.names))
        for name in state.memory.strays:
            raise ExplorerError(f"a mistake has stretched {name} in an update: undo that, then choose other mistakes")
        return retaped(replace(state, subject=with_mistakes(state.subject, self.names)))


def is_editable(state: State, name: str) -> bool:
    """Tell whether the numbers of that array are given, and so may be others."""
    return name in state.tape.given


def edit_parameter(state: State, cell: Cell, value: float) -> State:
    """Return the state with an entry of W or b replaced; before the first update, these are the initial weights too."""
    name, index = cell
    if name in state.memory.strays:
        return edit_stray(state, cell, value)
    if state.network.parameters[name][index] == value:
        return state
    network = state.network.copy()
    network.parameters[name][index] = value
    if state.run.step or state.memory.updates:
        run = replace(state.run, edited=state.run.edited | {name})
        return retaped(replace(state, network=network, run=run))
    subject = changed(state.subject, name, lambda problem: in_place(problem, network))
    return retaped(replace(state, network=network, subject=subject))


def edit_sample(state: State, cell: Cell, value: float) -> State:
    """Return the state with an entry of a shown sample's input or target replaced."""
    if state.guest is not None:
        return edit_drawing(state, cell, value) if isinstance(state.guest, Drawn) else edit_held_out(state, cell, value)
    name, (row, column) = cell
    where = (sample_of(state, row), column)
    problem = state.subject.problem
    changes = input_changes(problem, where, value) if name == "x" else target_changes(problem, where, value)
    if not changes:
        return state
    return retaped(replace(state, subject=changed(state.subject, name, lambda _problem: changes)))


def edit_held_out(state: State, cell: Cell, value: float) -> State:
    """Return the state with an entry of the shown held-out sample replaced; nothing that is trained on changes."""
    (name, (_, column)), subject, guest = cell, state.subject, state.guest
    index = guest.index if isinstance(guest, HeldOut) else 0
    X, Y = subject.test_X, subject.test_Y
    labels = None if subject.problem.labels is None else classes_of(Y)
    held_out = replace(subject.problem, X=X, Y=Y, labels=labels)
    where = (index, column)
    changes = input_changes(held_out, where, value) if name == "x" else target_changes(held_out, where, value)
    if not changes:
        return state
    X, Y = changes.get("X", X), changes.get("Y", Y)
    return retaped(replace(state, subject=replace(subject, test_X=X, test_Y=Y, edited=subject.edited | {name})))


def edit_drawing(state: State, cell: Cell, value: float) -> State:
    """Return the state with a pixel of the drawn image, or what it is meant to be, replaced."""
    (name, (_, column)), drawing = cell, state.drawing
    problem = shown_problem(state)
    changes = input_changes(problem, (0, column), value) if name == "x" else target_changes(problem, (0, column), value)
    if not changes or drawing is None:
        return state
    if name == "x":
        return retaped(replace(state, drawing=drawing.with_pixel(column, value)))
    return retaped(replace(state, drawing=replace(drawing, target=tuple(changes["Y"][0].tolist()))))


def edits_drawing(command: Command, state: State) -> bool:
    """Tell whether a command changes a number of the drawn image, which no run is made of."""
    return isinstance(command, Edit) and isinstance(state.guest, Drawn) and command.cell[0] in {"x", "y"}


def sample_of(state: State, row: int) -> int:
    """Return the index of the sample that a row of the tape's arrays belongs to."""
    return int(state.minibatch[row]) if state.whole else state.sample


def input_changes(problem: Problem, where: Index, value: float) -> dict[str, Any]:
    """Return the fields of a problem that another input changes."""
    X = with_entry(problem.X, where, value)
    return {} if X is None else {"X": X}


def target_changes(problem: Problem, where: Index, value: float) -> dict[str, Any]:
    """Return the fields that another target changes.

    Where the targets are classes, a 1 picks the class of its column, and of a lone output 0 and 1 are the classes;
    any other number makes numbers of all of them.
    """
    row, column = where
    labels, lone = problem.labels, problem.Y.shape[1] == 1
    picked = value in {0.0, 1.0} if lone else value == 1.0
    if labels is None or not picked:
        numbers = with_entry(problem.Y, where, value)
        return {} if numbers is None else {"Y": numbers, "labels": None}
    label = int(value) if lone else column
    if labels[row] == label:
        return {}
    entries: dict[Index, float] = {(row, each): value * (each == column) for each in range(problem.Y.shape[1])}
    return {"Y": with_entries(problem.Y, entries), "labels": with_entries(labels, {(row,): label})}


def with_entry(array: Array, where: Index, value: float) -> Array | None:
    """Return a copy with one entry replaced; None where it has that value."""
    if array[where] == value:
        return None
    return with_entries(array.astype(np.result_type(array, np.float32), copy=False), {where: value})


def in_place(problem: Problem, network: Network) -> dict[str, Any]:
    """Return the fields that other initial weights change; none in a problem of another architecture."""
    old = problem.network
    same = (old.sizes, old.activations) == (network.sizes, network.activations)
    return {"network": network, "drawn": False} if same else {}


def changed(subject: Subject, what: str, changes: Callable[[Problem], dict[str, Any]]) -> Subject:
    """Return the subject edited: its problem, and what it goes back to after another architecture."""
    problem, given = subject.problem, subject.given
    given = None if given is None else replace(given, **changes(given))
    return replace(subject, problem=replace(problem, **changes(problem)), given=given, edited=subject.edited | {what})


def edit_stray(state: State, cell: Cell, value: float) -> State:
    """Return the state with an entry of a parameter replaced that a mistake has given another shape."""
    name, index = cell
    if state.memory.strays[name][index] == value:
        return state
    array = state.memory.strays[name].copy()
    array[index] = value
    memory = replace(state.memory, strays={**state.memory.strays, name: array})
    return retaped(replace(state, memory=memory, run=replace(state.run, edited=state.run.edited | {name})))


def with_mistakes(subject: Subject, names: tuple[str, ...], puzzle: int = 0) -> Subject:
    """Return the subject whose passes make those mistakes; edited, unless it was opened with the very same."""
    own = subject.opened_with
    if own is None:
        own = () if "mistakes" in subject.edited else subject.problem.mistakes
    fields = {"mistakes": names, "puzzle": puzzle}
    made = replace(changed(subject, "mistakes", lambda _problem: dict(fields)), opened_with=own)
    same = set(names) == set(own) and not puzzle
    return replace(made, edited=made.edited - {"mistakes"}) if same else made


def retuned(network: Network, beta: float) -> Network:
    """Return the network at another temperature: itself where it is the same."""
    if network.beta == beta:
        return network
    twin = network.copy()
    twin.beta = float(beta)
    return twin

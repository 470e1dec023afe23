"""From a state to a picture: which array stands where. The rules are the two tables and three short functions here."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from explorer.graph.caption import caption
from explorer.graph.picture import Array, Light, Note, Picture, Shown
from explorer.graph.places import home, is_transposed
from explorer.session.columns import columns_of
from explorer.session.guessing import known
from explorer.session.pictures.flow import Flow
from explorer.session.state import State
from explorer.tape.latex_text import as_text
from explorer.tape.names import Role, parse
from explorer.tape.notation import Notation

LASTING = {
    "input": ("x", "dJ/dx"),
    "hidden": ("z{l}", "h{l}", "dJ/dh{l}", "dJ/dz{l}"),
    "output": ("z{l}", "h{l}", "p", "dJ/dh{l}", "dJ/dz{l}"),
}
"""What stands at a layer's units from when it is computed until the next of these is."""

NOTES = {
    ("input", False): (),
    ("input", True): ("x", "dJ/dx"),
    ("hidden", False): ("z{l}", "h{l}"),
    ("hidden", True): ("h{l}", "dh{l}/dz{l}"),
    ("output", False): ("z{l}", "h{l}", "p", "y"),
    ("output", True): ("h{l}", "p", "y"),
}
"""Small text under the units, by the kind of layer and whether the pass is on its way back."""

ORDER = ("x", "b{l}", "z{l}", "h{l}", "p", "dJ/dx", "dJ/dh{l}", "dh{l}/dz{l}", "dJ/dz{l}", "dJ/db{l}", "b{l}+")
"""What the mouse finds at a unit, as far as it is computed."""


class Chooser:
    """One position of a tape in one notation."""

    def __init__(self, state: State, notation: Notation) -> None:
        self.state, self.notation = state, notation
        self.tape = state.tape
        self.step, self.known = state.step, known(state)
        self.depth = self.tape.depth
        self.backward = self.step.phase != "forward"

    def picture(self) -> Picture:
        """Return what the drawing shows."""
        state, subject = self.state, self.state.subject
        edges = tuple(self.at_edges(layer) for layer in range(1, self.depth + 1))
        return Picture(
            sizes=state.network.sizes,
            image_shape=subject.image_shape,
            columns=tuple(self.at_units(layer) for layer in range(self.depth + 1)),
            edges=edges,
            loss=self.at_loss(),
            caption=caption([(shown.name, as_text(shown.latex)) for shown in edges]),
            row=state.row,
            rows=self.tape.samples,
            classes=subject.classes,
            targets=self.tape.given["y"][state.row],
            inputs=columns_of(subject),
        )

    def kind(self, layer: int) -> str:
        """Return the kind of a layer of units."""
        return "input" if layer == 0 else "output" if layer == self.depth else "hidden"

    def names(self, patterns: tuple[str, ...], layer: int) -> list[str]:
        """Return those names of the patterns that the tape knows and the drawing has room for."""
        names = (pattern.format(l=layer) for pattern in patterns)
        return [name for name in names if (name in self.tape or name in self.tape.given) and self.fits(name)]

    def fits(self, name: str) -> bool:
        """Tell whether an array has a number for each unit or edge of its place; a mistake may turn it."""
        (kind, layer), shape = home(name, self.depth), self.tape.value(name).shape
        sizes = self.state.network.sizes
        if kind == "edges":
            return shape[:: -1 if is_transposed(name) else 1] == sizes[layer - 1 : layer + 1]
        return kind == "loss" or shape[-1] == sizes[layer]

    def touched(self, place: tuple[str, int]) -> tuple[str | None, Light]:
        """Return the array at a place that the current step writes, or else the last that it reads there."""
        read = self.read_at(place)
        if home(self.step.id, self.depth) == place and self.fits(self.step.id):
            return self.step.id, Light.BOTH if any(map(self.is_seen, read)) else Light.WRITTEN
        best = [name for name in read if name != "y"] or read
        return (best[-1], Light.READ) if best else (None, Light.NONE)

    def read_at(self, place: tuple[str, int]) -> list[str]:
        """Return what the current step reads that has its place there."""
        return [name for name in self.step.operands if home(name, self.depth) == place and self.fits(name)]

    def is_seen(self, name: str) -> bool:
        """Tell whether an array can be seen at its place: a bias only at the steps that are about it."""
        return parse(name).symbol != "b" or parse(self.step.id).symbol == "b"

    def newest(self, names: list[str]) -> str:
        """Return the last of the names that is computed by now, else the first."""
        done = [name for name in names if self.tape.computed(name, self.known)]
        return done[-1] if done else names[0]

    def at_units(self, layer: int) -> Shown:
        """Return what stands at the units of a layer."""
        kind = self.kind(layer)
        name, light = self.touched(("units", layer))
        name = name or self.newest(self.names(LASTING[kind], layer))
        read = self.read_at(("units", layer))
        usual = self.names(NOTES[kind, self.backward], layer)[::-1]
        beside = [n for n in dict.fromkeys((*read, *usual)) if n != name][:2]
        beside.sort(key=(*self.names(ORDER, layer), "y").index)
        here = [n for n in self.names(ORDER, layer) if home(n, self.depth) == ("units", layer)]
        known = [n for n in here if self.tape.computed(n, self.known)]
        aside = [n for n in known if n != name and n not in beside]
        shown = self.shown(name, light, self.row_of(name), self.notes_of(beside), self.notes_of(aside))
        return replace(shown, off=self.off(layer))

    def off(self, layer: int) -> NDArray[np.bool_] | None:
        """Tell which units of a layer have neither value nor slope, h = 0 and h' = 0; known once h is."""
        value, slope = f"h{layer}", f"dh{layer}/dz{layer}"
        if not (slope in self.tape and self.fits(slope) and self.tape.computed(value, self.known)):
            return None
        slopes = self.tape.value(slope)[self.state.row]
        off: NDArray[np.bool_] = (self.tape.value(value)[self.state.row] == 0) & (slopes == 0)
        return off if off.any() else None

    def at_edges(self, layer: int) -> Shown:
        """Return what stands at the edges into a layer, always (D, H)."""
        weights = f"W{layer}"
        name, light = self.touched(("edges", layer))
        name = name or self.newest([n for n in (weights, f"dJ/d{weights}", f"{weights}+") if self.fits(n)])
        return self.shown(name, light, self.edges_of(name), () if name == weights else (self.matrix_note(weights),))

    def at_loss(self) -> Shown:
        """Return what stands at the loss: J, the penalty while it is computed, J+ once there is one."""
        name, light = self.touched(("loss", 0))
        if name is None or light is Light.READ:
            name = self.newest(["J", "J+"])
        before = (self.note("J"),) if name == "J+" else ()
        values = self.computed(name)
        return self.shown(name, light, None if values is None else values.reshape(1), before)

    def shown(
        self,
        name: str,
        light: Light,
        values: Array | None,
        notes: tuple[Note, ...],
        aside: tuple[Note, ...] = (),
    ) -> Shown:
        """Return one place's array with its symbol and shape."""
        latex = self.notation.factor_on(self.tape, name, inline=True)
        whole = None if values is None else self.tape.value(name)
        shape, (text, flipped) = self.tape.value(name).shape, self.spelled(name)
        written = self.notation.shape(name, shape)
        return Shown(name, latex, shape, values, light, whole, notes, aside, text, flipped, written)

    def spelled(self, name: str) -> tuple[str, bool]:
        """Return a name in plain text, and whether its array is written transposed."""
        return self.notation.text(name, self.tape.activations), self.notation.flips(name)

    def computed(self, name: str) -> Array | None:
        """Return the array of that name if it is computed by now."""
        return self.tape.value(name) if self.tape.computed(name, self.known) else None

    def edges_of(self, name: str) -> Array | None:
        """Return an array of edges as (D, H)."""
        values = self.computed(name)
        return values.T if values is not None and is_transposed(name) else values

    def row_of(self, name: str) -> Array | None:
        """Return the shown row of an array that has rows; a vector is its own row."""
        values = self.computed(name)
        return values[self.state.row] if values is not None and values.ndim == 2 else values

    def notes_of(self, names: list[str]) -> tuple[Note, ...]:
        """Return secondary arrays of units."""
        return tuple(self.note(name) for name in names)

    def note(self, name: str) -> Note:
        """Return a secondary array of units."""
        parsed = parse(name)
        text, flipped = self.spelled(name)
        label = text
        if parsed.role is Role.FACTOR:
            label = as_text(ACTIVATIONS[self.tape.activations[parsed.layer - 1]].symbol.format()) + "′"
        values = self.row_of(name)
        row = None if values is None else np.atleast_1d(values)
        return Note(name, label, row, self.tape.value(name).shape, text, flipped)

    def matrix_note(self, name: str) -> Note:
        """Return a secondary array of edges."""
        values = self.tape.value(name)
        text, flipped = self.spelled(name)
        return Note(name, text, values, values.shape, text, flipped)


def make_picture(state: State, notation: Notation, measured: Flow | None = None) -> Picture:
    """Return what the drawing shows of a state, and of what was measured on many samples."""
    return replace(Chooser(state, notation).picture(), measured=measured)

"""Pictures from forms: which array stands where, and every word, are found once for a step; passes fill in numbers."""

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from explorer.graph.choosing import Chooser, make_picture
from explorer.graph.picture import Note, Picture, Shown
from explorer.session.columns import columns_of
from explorer.session.guessing import known
from explorer.session.pictures.flow import Flow
from explorer.session.state import State
from explorer.tape.notation import Notation

if TYPE_CHECKING:
    from explorer.tape.step import Tape


class Forms:
    """The pictures of each step without their numbers, for as long as tapes differ in nothing else."""

    def __init__(self) -> None:
        self._forms: dict[tuple[int, int], Picture] = {}
        self._tape: Tape | None = None
        self._written: tuple[object, ...] = ()

    def picture(self, state: State, notation: Notation, measured: Flow | None) -> Picture:
        """Return what the drawing shows of a state; see ``make_picture``."""
        subject = state.subject
        written = notation, state.network.sizes, subject.image_shape, subject.classes
        if self._tape is None or written != self._written or not state.tape.is_like(self._tape):
            self._forms.clear()
        self._tape, self._written = state.tape, written
        place = state.position, known(state)
        form = self._forms.get(place)
        if form is not None:
            return replace(filled(form, Chooser(state, notation)), measured=measured)
        made = make_picture(state, notation, measured)
        self._forms[place] = hollow(made)
        return made


def hollow(picture: Picture) -> Picture:
    """Return a picture without its numbers: nothing is to be kept of a pass that is over."""
    columns, edges = (tuple(map(emptied, places)) for places in (picture.columns, picture.edges))
    none = np.empty(0)
    return replace(
        picture, columns=columns, edges=edges, loss=emptied(picture.loss), targets=none, measured=None, inputs=None
    )


def emptied(shown: Shown) -> Shown:
    """Return a place without its numbers."""
    notes, aside = (tuple(replace(note, values=None) for note in each) for each in (shown.notes, shown.aside))
    return replace(shown, values=None, whole=None, notes=notes, aside=aside, off=None)


def filled(form: Picture, chooser: Chooser) -> Picture:
    """Return a picture with the numbers of a pass."""
    state, tape = chooser.state, chooser.tape
    columns = tuple(filled_units(shown, layer, chooser) for layer, shown in enumerate(form.columns))
    edges = tuple(filled_edges(shown, chooser) for shown in form.edges)
    loss = filled_loss(form.loss, chooser)
    there = {"row": state.row, "targets": tape.given["y"][state.row], "inputs": columns_of(state.subject)}
    return replace(form, columns=columns, edges=edges, loss=loss, **there)


def filled_units(shown: Shown, layer: int, chooser: Chooser) -> Shown:
    """Return what stands at the units of a layer."""
    notes, aside = (tuple(filled_note(note, chooser) for note in each) for each in (shown.notes, shown.aside))
    values, whole = chooser.row_of(shown.name), chooser.computed(shown.name)
    return replace(shown, values=values, whole=whole, notes=notes, aside=aside, off=chooser.off(layer))


def filled_edges(shown: Shown, chooser: Chooser) -> Shown:
    """Return what stands at the edges into a layer."""
    notes = tuple(replace(note, values=chooser.tape.value(note.name)) for note in shown.notes)
    return replace(shown, values=chooser.edges_of(shown.name), whole=chooser.computed(shown.name), notes=notes)


def filled_loss(shown: Shown, chooser: Chooser) -> Shown:
    """Return what stands at the loss."""
    notes = tuple(filled_note(note, chooser) for note in shown.notes)
    whole = chooser.computed(shown.name)
    return replace(shown, values=None if whole is None else whole.reshape(1), whole=whole, notes=notes)


def filled_note(note: Note, chooser: Chooser) -> Note:
    """Return a secondary array with its row."""
    row = chooser.row_of(note.name)
    return replace(note, values=None if row is None else np.atleast_1d(row))

"""What the picture of a plane says: in its caption, and at a place that is pointed at."""

import numpy as np
from numpy.typing import NDArray

from explorer.session import State, Subject
from explorer.session.gathering import raw
from explorer.session.pictures.confusion import class_names, has_classes
from explorer.session.pictures.regions import Fit, Frame, Regions, axis_names, in_units, said
from explorer.session.samples_text import quantities_of
from explorer.tape.numbers import shown

FULL_CIRCLE = "filled: train, hollow: test"
DRAWING = "click or drag draws, right click or 0 erases"
"""One line in the small card: each more is taken from the plane that is drawn on."""
KEYS = "Backspace takes the newest away, 1 to 9 choose the class, 0 erases"
MOST_CLASSES = 4
"""Classes whose probabilities are all told."""


def words_at_point(found: Regions | Fit, state: State, point: tuple[float, float]) -> str:
    """Say where a point lies, in the units of the data, and what the network makes of it, in lines."""
    subject, (x, y) = state.subject, point
    place = in_units(Frame(x, x, y, y), subject)
    across, up = axis_names(subject)
    if isinstance(found, Fit):
        output = raw(state.network.predict_proba(np.array([[x]]))[:, :1], subject.targets)
        return f"{across} {shown(place.left, 3)}\noutput {shown(float(output[0, 0]), 3)}"
    values = said(state.network, np.array([[x, y]]), found.kind, found.unit)[0].tolist()
    lines = [f"{across} {shown(place.left, 3)}, {up} {shown(place.bottom, 3)}"]
    if found.unit is not None:
        return "\n".join([*lines, f"{found.unit.title} {shown(values[0], 3)}"])
    if found.kind == "number":
        output = raw(np.array([values[:1]]), subject.targets)
        return "\n".join([*lines, f"output {shown(float(output[0, 0]), 3)}"])
    ranked = sorted(zip(values, class_names(subject), strict=True), reverse=len(values) > MOST_CLASSES)
    told = ranked[:MOST_CLASSES] if len(values) > MOST_CLASSES else zip(values, class_names(subject), strict=True)
    return "\n".join([*lines, *(f"p({name}) {shown(value, 3)}" for value, name in told)])


def words_of(found: Regions | Fit, subject: Subject, *, drawing: bool = False) -> tuple[str, str]:
    """Say what the picture shows: in a few words, and in a sentence; while points are drawn, only how."""
    return ("", DRAWING) if drawing else caption(found, subject)


def caption(found: Regions | Fit, subject: Subject) -> tuple[str, str]:
    """Say what the picture shows: in a few words, and in a sentence."""
    lost = lost_words(found.y if isinstance(found, Fit) else found.values)
    if lost:
        return lost, "the weights are too large: go back to an earlier step, or reset"
    if isinstance(found, Fit):
        words = f"{output_name(subject)} over {axis_names(subject)[0]}"
        return words, clauses("line: the network's output", part_words(subject))
    low, high = (shown(value, 2) for value in found.extremes)
    if found.unit is not None:
        told = f"a unit's value over the inputs: {colour_words(found, '0')}"
        return f"{found.unit.title}  {low} … {high}", clauses(told, part_words(subject))
    if found.kind == "number":
        return number_words(found, subject)
    names = ", ".join(class_names(subject)) if len(class_names(subject)) <= 4 else f"{found.values.shape[-1]} classes"
    return f"p({names})", clauses(part_words(subject), "select a unit to see its value")


def clauses(*words: str) -> str:
    """Return as one sentence those that there are."""
    return "; ".join(filter(None, words))


def part_words(subject: Subject) -> str:
    """Say how samples to train on and those held out are told apart; nothing where none are held out."""
    return FULL_CIRCLE if len(subject.test_X) else ""


def output_name(subject: Subject) -> str:
    """Return what the number is called that the first output stands for; of a problem without names, which it is."""
    if subject.data is not None and subject.data.quantities:
        return subject.data.quantities[0]
    count = subject.problem.Y.shape[1]
    return "output" if count == 1 else f"output 1 of {count}"


def colour_words(found: Regions, middle: str) -> str:
    """Say which numbers the colours of the plane stand for; a colour that is nowhere is not named."""
    low, high = found.extremes
    if low >= 0:
        return f"the bluer, the larger, from {middle} on"
    return f"orange below {middle}, blue above" if high > 0 else f"the more orange, the smaller, from {middle} on"


def number_words(found: Regions, subject: Subject) -> tuple[str, str]:
    """Say between which numbers an output lies, and which one parts the colours: 0 as scaled, in units of the data."""
    low, high = found.extremes
    told = raw(np.array([[low], [0.0], [high]]), subject.targets)[:, 0].tolist()
    least, middle, most = (shown(value, 3) for value in told)
    squares = any((Y[:, 0] < 0).any() for _, Y in subject.parts)
    marks = f"squares: samples below {middle}" if squares else ""
    return (
        f"{output_name(subject)}  {least} … {most}",
        clauses(colour_words(found, middle), marks, part_words(subject)),
    )


def target_words(subject: Subject) -> str:
    """Say how samples are coloured by the number that is to be predicted; nothing where they have classes."""
    if has_classes(subject):
        return ""
    extremes = [extreme for _, Y in subject.parts if len(Y) for extreme in (Y[:, 0].min(), Y[:, 0].max())]
    scaled = np.array([[min(extremes)], [0.0], [max(extremes)]]).repeat(subject.problem.Y.shape[1], axis=1)
    told = raw(scaled, subject.targets)[:, 0].tolist()
    least, middle, most = (shown(value, 3) for value in told)
    return f"target {quantities_of(subject)[0]} {least} … {most}: orange (squares) below {middle}, blue above"


def lost_words(values: NDArray[np.float64]) -> str:
    """Say where a network has left the finite numbers; nothing where it has not."""
    share = float(1 - np.isfinite(values).mean())
    if not share:
        return ""
    return "no finite value anywhere" if share == 1 else f"no finite value on {share:.0%} of the plane"

"""What the picture of predictions says: how far they are off, and which sample a mark is."""

import math

from explorer.panels.pictures.regions_words import clauses, part_words
from explorer.session import Subject
from explorer.session.columns import rows_in_file
from explorer.session.guests import Part
from explorer.session.pictures.prediction import Errors, Prediction
from explorer.tape.numbers import shown

PARTS: tuple[Part, Part] = ("train", "test")
CALLED = {"train": "sample", "test": "held-out sample"}
DIGITS = 3
SHORT = ("RMSE", "MAE", "R²")
LONG = ("root mean square error", "mean absolute error", "R²")
"""What the errors are called where there is little room, and where there is more."""


def words_of(found: Prediction, subject: Subject, *, roomy: bool = False) -> tuple[str, str]:
    """Say how far the predictions of each part are off, in the target's units, and what is drawn."""
    if not found.is_finite:
        return f"{found.name}: no finite prediction", "the weights are too large: go back to an earlier step, or reset"
    names = LONG if roomy else SHORT
    told = [f"{name} {error_words(each, names)}" for name, each in parts_told(found)]
    beyond = f"{found.beyond:,} beyond the edge" if found.beyond else ""
    looked = looked_words(found, subject)
    drawn = "on the line, a prediction is its target" if roomy else ""
    return f"{found.name}: {'; '.join(told)}", clauses(part_words(subject), drawn, beyond, looked)


def parts_told(found: Prediction) -> list[tuple[str, Errors]]:
    """Return the parts that hold samples, each with its errors."""
    measured = ((name, part.errors()) for name, part in zip(PARTS, found.parts, strict=True))
    return [(name, errors) for name, errors in measured if errors is not None]


def error_words(errors: Errors, names: tuple[str, str, str]) -> str:
    """Return "RMSE 142, MAE 101, R² 0.931"; where all targets are alike there is no R²."""
    numbers = (errors.rmse, errors.mae, errors.r2)
    told = zip(names, numbers, strict=True)
    return ", ".join(f"{name} {shown(value, DIGITS)}" for name, value in told if not math.isnan(value))


def looked_words(found: Prediction, subject: Subject) -> str:
    """Say of how many samples it is where these are not all."""
    looked = sum(len(part.samples) for part in found.parts)
    samples = sum(len(X) for X, _ in subject.parts)
    return f"measured on {looked:,} of {samples:,} samples" if looked < samples else ""


def sample_words(found: Prediction, subject: Subject, part: Part, place: int) -> str:
    """Say which sample of a part a mark is, and its numbers, in lines."""
    marks = found.parts[part == "test"]
    index, target, output = int(marks.samples[place]), float(marks.targets[place]), float(marks.outputs[place])
    rows = rows_in_file(subject, part)
    where = "" if rows is None else f", {rows.place(index)}"
    lines = [f"{CALLED[part]} {index + 1:,}{where}", f"target {shown(target)}", f"prediction {shown(output)}"]
    return "\n".join([*lines, f"off by {shown(output - target, DIGITS, signed=True)}"])

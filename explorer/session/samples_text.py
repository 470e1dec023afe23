"""The samples as a table that any program reads, and this one opens again: one line each, in the units of the data."""

import numpy as np

from explorer.engine.metrics import predicted
from explorer.session.gathering import raw
from explorer.session.pictures.confusion import class_names, has_classes
from explorer.session.subject import Subject


def samples_csv(subject: Subject) -> str:
    """Return samples as comma-separated values: inputs, then the class by its name or the numbers to predict.

    Those to train on come first, then those held out. Numbers that were never scaled read back to the same bits.
    """
    X, Y = (np.concatenate([part[number] for part in subject.parts]) for number in range(2))
    rows = raw(X, subject.inputs).tolist()
    if has_classes(subject):
        names = class_names(subject)
        ends = [[quoted(names[label])] for label in predicted(Y).tolist()]
        titles = ["class"]
    else:
        ends = [[repr(value) for value in row] for row in raw(Y, subject.targets).tolist()]
        titles = list(quantities_of(subject))
    head = ",".join(map(quoted, [*features_of(subject), *titles]))
    lines = (",".join([*map(repr, row), *end]) for row, end in zip(rows, ends, strict=True))
    return "\n".join([head, *lines]) + "\n"


def features_of(subject: Subject) -> tuple[str, ...]:
    """Return the names of the inputs."""
    count = subject.problem.X.shape[1]
    if subject.data is not None:
        return subject.data.features
    columns = subject.inputs.columns if subject.inputs is not None else ()
    return columns if len(columns) == count else tuple(f"x{number}" for number in range(1, count + 1))


def quantities_of(subject: Subject) -> tuple[str, ...]:
    """Return the names of the numbers to predict."""
    count = subject.problem.Y.shape[1]
    if subject.data is not None and subject.data.quantities:
        return subject.data.quantities
    return ("y",) if count == 1 else tuple(f"y{number}" for number in range(1, count + 1))


def quoted(text: str) -> str:
    """Return a text as an entry of a table."""
    plain = not any(sign in text for sign in ',"\n\r') and text == text.strip()
    return text if plain else '"' + text.replace('"', '""') + '"'

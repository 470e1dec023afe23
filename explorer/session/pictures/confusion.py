"""The confusion matrix: which class is taken for which, with each class's precision and recall."""

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.metrics import predicted
from explorer.engine.network import Network
from explorer.session.pictures.signals import Array, Work, evenly, in_pieces
from explorer.session.rightness import has_accuracy, tells_classes
from explorer.session.subject import Subject

Part = Literal["test", "train"]
MOST_CLASSES = 30
"""With more classes, no cell could be read."""


class Confusion(Struct, frozen=True, eq=False):
    """Counts of true and predicted classes.

    Attributes
    ----------
    names
        Of the C classes.
    part
        What was measured: held-out samples or those trained on.
    samples
        Indices within that part of the N samples measured, (N,).
    truth, predicted
        Class of each of them, (N,).
    counts
        Samples of true class i (row) predicted as class j (column), (C, C).
    """

    names: tuple[str, ...]
    part: Part
    samples: NDArray[np.intp]
    truth: NDArray[np.intp]
    predicted: NDArray[np.intp]
    counts: NDArray[np.intp]

    @property
    def precision(self) -> NDArray[np.float64]:
        """Share of the samples predicted as a class that are of it, (C,); NaN where there are none."""
        return share(self.counts.diagonal(), self.counts.sum(axis=0))

    @property
    def recall(self) -> NDArray[np.float64]:
        """Share of the samples of a class that are predicted as it, (C,); NaN where there are none."""
        return share(self.counts.diagonal(), self.counts.sum(axis=1))

    @property
    def accuracy(self) -> float:
        """Share of all samples whose class is predicted."""
        return float(self.counts.trace() / max(self.counts.sum(), 1))

    def members(self, true: int, taken_for: int) -> NDArray[np.intp]:
        """Return the indices, within the part, of the samples in a cell."""
        found: NDArray[np.intp] = self.samples[(self.truth == true) & (self.predicted == taken_for)]
        return found


def share(part: NDArray[np.intp], whole: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return part / whole, NaN where the whole is nothing."""
    result = np.full(len(whole), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def class_names(subject: Subject) -> tuple[str, ...]:
    """Return the classes' names: the subject's, else their numbers; a lone output tells two apart."""
    outputs = subject.problem.Y.shape[1]
    if len(subject.classes) == max(outputs, 2):
        return subject.classes
    return tuple(str(number) for number in range(max(outputs, 2)))


def told_name(name: str) -> str:
    """Return a class's name within a sentence: one that begins with a digit in quotes, apart from counts."""
    return f"\u201c{name}\u201d" if name[:1].isdigit() else name


def taken_words(names: tuple[str, ...], true: int, taken: int) -> str:
    """Return "3 taken for 8", or "3 taken right"."""
    return f"{told_name(names[true])} taken {'right' if true == taken else f'for {told_name(names[taken])}'}"


def has_classes(subject: Subject) -> bool:
    """Tell whether the outputs are classes, and few."""
    return subject.problem.Y.shape[1] <= MOST_CLASSES and tells_classes(subject)


def can_confuse(subject: Subject) -> bool:
    """Tell whether there are samples of few classes to be taken right or wrong."""
    return has_classes(subject) and has_accuracy(subject)


def classes_of(rows: Array) -> NDArray[np.intp]:
    """Return the class of each row of targets or predictions, (N,)."""
    classes: NDArray[np.intp] = predicted(rows)
    return classes


def confusion(subject: Subject, network: Network, part: Part, most: int) -> Work[Confusion]:
    """Count the classes predicted for at most ``most`` samples of a part, which has some."""
    X, Y = subject.parts[part == "test"]
    chosen = evenly(len(X), most)
    outputs = yield from in_pieces(network.predict_proba, X[chosen], network)
    names, truth, guess = class_names(subject), classes_of(Y[chosen]), classes_of(outputs)
    counts = np.zeros((len(names), len(names)), np.intp)
    np.add.at(counts, (truth, guess), 1)
    return Confusion(names, part, chosen, truth, guess, counts)

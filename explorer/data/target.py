"""What a column to predict holds: classes and which of them each row is of, or numbers; and what is a fault in it."""

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import Task
from explorer.data.table import Column
from explorer.engine.errors import ExplorerError

Values = NDArray[np.float64]
Labels = NDArray[np.intp]
MOST_CLASSES = 20
"""Whole numbers with more different values than that are quantities, and no classes."""
STRAY_AMONG_NUMBERS, STRAY_AMONG_CLASSES = 0.5, 0.01
"""Words that are less than this share of a target are taken for faults in it, not for classes of their own."""
OR_CLASSES = ", or take its entries for classes (--task classes)"
EXACT = 2.0**53
SMALL = 2**16


def classes_of(column: Column, values: Values, task: Task) -> tuple[tuple[str, ...], Labels]:
    """Return the names of the classes and the class of each sample; no names and all 0 where the target is a number.

    Raises
    ------
    ExplorerError
        If the target is neither, or there is only one class.
    """
    if column.words is not None:
        return word_classes(column, values, task)
    if column.first_text is not None:
        place = column.first_text
        where = f"the target {column.name!r} holds {place.text!r} in line {place.line:,}"
        raise ExplorerError(f"{where}: expected a number")
    if task == "numbers" or (task == "auto" and not are_classes(values)):
        refuse_constant(column.name, values)
        return (), np.zeros(len(values), np.intp)
    found, labels = distinct(values)
    if len(found) > 1000:
        raise ExplorerError(f"the target {column.name!r} has {len(found):,} different numbers: expected 1,000 classes")
    return checked_classes(column.name, [f"{value:.17g}" for value in found]), labels


def are_classes(values: Values) -> bool:
    """Tell classes from quantities: whole numbers, at most 20 different ones, each twice or more on average."""
    if not ((np.abs(values) < EXACT) & (values == np.floor(values))).all():
        return False
    return len(distinct(values)[0]) <= min(MOST_CLASSES, len(values) // 2)


def distinct(values: Values) -> tuple[Values, Labels]:
    """Return the different numbers, sorted, and which of them each entry is; without sorting where all are small."""
    low, high = float(values.min()), float(values.max())
    if high - low > SMALL or not (values == np.floor(values)).all():
        found, labels = np.unique(values, return_inverse=True)
        return found, labels.astype(np.intp)
    offsets = (values - low).astype(np.intp)
    present = np.flatnonzero(np.bincount(offsets))
    places = np.zeros(int(high - low) + 1, np.intp)
    places[present] = np.arange(len(present))
    return present.astype(np.float64) + low, places[offsets]


def word_classes(column: Column, values: Values, task: Task) -> tuple[tuple[str, ...], Labels]:
    """Return the words that occur, sorted, and which of them each sample has."""
    words = column.words or ()
    if task == "auto":
        refuse_strays(column, words, values)
    if column.too_many:
        raise ExplorerError(
            f"the target {column.name!r} holds more than {len(words):,} different words: "
            "choose the column of the classes (--target)"
        )
    if task == "numbers" and column.first_text is not None:
        raise ExplorerError(f"the target {column.name!r} holds words, such as {words[0]!r}: expected numbers")
    present = sorted(np.flatnonzero(np.bincount(values.astype(np.intp))).tolist(), key=lambda index: words[index])
    place = np.zeros(len(words), np.intp)
    place[present] = np.arange(len(present))
    return checked_classes(column.name, [words[index] for index in present]), place[values.astype(np.intp)]


def refuse_strays(column: Column, words: tuple[str, ...], values: Values) -> None:
    """Refuse a few words in a target that else holds numbers, which would silently become classes."""
    numbers = [word for index, word in enumerate(words) if index not in column.wordlike]
    if column.first_word is None or len(numbers) <= len(column.wordlike):
        return
    known = values[~np.isnan(values)].astype(np.intp)
    strays = int(np.bincount(known, minlength=len(words))[list(column.wordlike)].sum())
    classes = len(numbers) <= MOST_CLASSES and all(word.lstrip("+-").isdecimal() for word in numbers)
    if strays < (STRAY_AMONG_CLASSES if classes else STRAY_AMONG_NUMBERS) * len(values):
        where = f"{column.first_word.text!r} in line {column.first_word.line:,}"
        more = f", and {strays - 1:,} more," if strays > 1 and not column.too_many else ""
        mend = "mend it" if column.too_many else f"mend it{OR_CLASSES}"
        raise ExplorerError(f"the target {column.name!r} holds {where}{more} among numbers: {mend}")


def checked_classes(name: str, classes: list[str]) -> tuple[str, ...]:
    """Return the classes if there are two."""
    if len(classes) < 2:
        raise ExplorerError(
            f"every sample is of class {classes[0]!r}: expected two classes or more in the target {name!r}"
        )
    return tuple(classes)


def refuse_constant(name: str, values: Values) -> None:
    """Refuse a number that never changes."""
    if len(values) and (values == values[0]).all():
        raise ExplorerError(f"the target {name!r} is {values[0]:g} in every row: there is nothing to predict")

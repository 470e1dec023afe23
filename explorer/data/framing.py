"""From a table to samples: which column is the target, does it hold classes or numbers, what stands in the way."""

from pathlib import Path
from typing import NoReturn

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data.choices import Choices, Task
from explorer.data.dataset import DataSet
from explorer.data.proposals import left_out
from explorer.data.steps import Steps, finished
from explorer.data.table import Column, Table, lines_told
from explorer.data.words import MOST_WORDS, features_of, fit_inputs, spans_of, spread, words_of
from explorer.engine.errors import ExplorerError

Values = NDArray[np.float64]
Labels = NDArray[np.intp]
MOST_CLASSES = 20
"""Whole numbers with more different values than that are quantities, and no classes."""
MOST_TOLD = 3
"""Columns whose missing values are told one by one."""
STRAY_AMONG_NUMBERS, STRAY_AMONG_CLASSES = 0.5, 0.01
"""Words that are less than this share of a target are taken for faults in it, not for classes of their own."""
MOST_NAMED = 12
"""Columns that a sentence names for the command line."""
OR_CLASSES = ", or take its entries for classes (--task classes)"
EXACT = 2.0**53
SMALL = 2**16


def framed(table: Table, choices: Choices) -> DataSet:
    """Return the samples of a table: one column is the target, the others are the inputs.

    Raises
    ------
    ExplorerError
        If a column is not to be found, an input is text, a value is missing, or there is nothing to predict.
    """
    return finished(framing(table, choices))


def framing(table: Table, choices: Choices) -> Steps[DataSet]:
    """Make the samples of a table in steps, as ``framed`` does at one go."""
    try:
        target = choices.target_of(table.names)
        inputs = input_columns(table, choices, target)
        refuse_text(table, inputs)
        kept = complete_rows(table, [target] if choices.missing == "fill" else [*inputs, target], choices)
        yield
        return (yield from data_set(table, inputs, target, kept, choices))
    except ExplorerError as error:
        raise ExplorerError(f"{table.name}: {error}") from error


def data_set(
    table: Table, inputs: list[int], target: int, kept: NDArray[np.intp] | None, choices: Choices
) -> Steps[DataSet]:
    """Make the set of these columns and rows, in steps."""
    column = table.columns[target]
    wanted = table.values[:, target] if kept is None else table.values[kept, target]
    words = words_of(table, inputs, choices.words)
    X = (yield from spread(table, inputs, kept, words)) if words else taken(table.values, inputs, kept)
    yield
    classes, labels = classes_of(column, wanted, choices.task)
    yield
    gone = 0 if kept is None else len(table.values) - len(kept)
    gaps = f" {rows_left_out(gone)}." if gone else ""
    what = f"the class {column.name!r}" if classes else f"the number {column.name!r}"
    return DataSet(
        name=table.name,
        title=Path(table.name).name,
        X=X,
        labels=labels,
        classes=classes,
        image_shape=None,
        features=features_of(table, inputs, words),
        description=f"{len(X):,} samples of {len(inputs)} columns, to predict {what}.{gaps}",
        source=Path(table.name).name,
        licence="",
        scaling="",
        targets=None if classes else wanted[:, None],
        quantities=() if classes else (column.name,),
        fitting=choices.fitting or "standardise",
        test_share=choices.test_share,
        choices=replace(settled(table, choices, target), words=words),
        lines=table.lines if kept is None or table.lines is None else table.lines.chosen(kept),
        spans=spans_of(table, inputs, words) if choices.missing == "fill" else (),
    )


def settled(table: Table, choices: Choices, target: int) -> Choices:
    """Return the choices with what was proposed, so that the same columns come again, whatever the file holds then."""
    names = {j: name for j, name in enumerate(table.names) if table.columns[j].kind != "empty"}
    chosen = choices.left_out(table.names)
    proposed = [names[j] for j in sorted(left_out(table, choices, target)) if j in names and j not in chosen]
    return replace(choices, without=(*choices.without, *proposed))


def rows_left_out(count: int) -> str:
    """Return how many rows are left out, and why."""
    return (
        "1 row with a missing value is left out" if count == 1 else f"{count:,} rows with missing values are left out"
    )


def input_columns(table: Table, choices: Choices, target: int) -> list[int]:
    """Return the indices of the inputs: all but the target, what is left out, and columns without entries."""
    without = {target, *left_out(table, choices, target)}
    inputs = [j for j in range(len(table.columns)) if j not in without]
    if not inputs:
        name = table.columns[target].name
        count = "one column" if len(table.columns) == 1 else f"no column beside {name!r} that is left in"
        raise ExplorerError(f"it has {count}: expected at least one input beside the target")
    return inputs


def refuse_text(table: Table, inputs: list[int]) -> None:
    """Refuse inputs that hold text among numbers, or too many different words to be an input each."""
    texts = [j for j in inputs if table.columns[j].first_text is not None and not fit_inputs(table.columns[j])]
    words = [j for j in texts if table.columns[j].words is not None]
    if words:
        refuse_words([table.columns[j] for j in words])
    if texts:
        refuse_texts([table.columns[j] for j in texts], texts[0])


def refuse_words(columns: list[Column]) -> NoReturn:
    """Say which inputs hold too many different words, and how to do without."""
    column = columns[0]
    count = f"{'more than ' * column.too_many}{len(column.words or ()):,}"
    mend = f"expected at most {MOST_WORDS} to be an input each; leave {without_told(columns)}"
    raise ExplorerError(f"the column {column.name!r} holds {count} different words: {mend}")


def without_told(columns: list[Column]) -> str:
    """Return which columns to leave out, for a person and for the command line."""
    names = quoted(",".join(each.name for each in columns[:MOST_NAMED]) + ",…" * (len(columns) > MOST_NAMED))
    what = "the column" if len(columns) == 1 else f"the {len(columns):,} columns that hold text"
    return f"{what} out (--without {names})"


def refuse_texts(columns: list[Column], j: int) -> NoReturn:
    """Say where the first text of these inputs stands, the first of them column j, and how to do without all."""
    column, place = columns[0], columns[0].first_text
    where = f"{place.text!r} in line {place.line:,}, column {j + 1} ({column.name})" if place else column.name
    more = f", and {column.texts - 1:,} more," if column.texts > 1 else ""
    raise ExplorerError(f"{where}{more} is no finite number: mend it, or leave {without_told(columns)}")


def quoted(name: str) -> str:
    """Return a name as a shell takes it for one word."""
    return f'"{name}"' if " " in name else name


def complete_rows(table: Table, used: list[int], choices: Choices) -> NDArray[np.intp] | None:
    """Return the rows without a missing value in the columns used; None where that is all of them."""
    gaps = [j for j in used if table.columns[j].missing]
    if not gaps:
        return None
    if choices.missing == "refuse":
        refuse_gaps(table, gaps)
    kept = np.flatnonzero(~np.isnan(table.values[:, gaps]).any(axis=1))
    if not len(kept):
        raise ExplorerError("every row has a missing value: leave out the columns with most of them")
    return kept


def refuse_gaps(table: Table, gaps: list[int]) -> NoReturn:
    """Say how many values are missing, and in which lines."""
    total = sum(table.columns[j].missing for j in gaps)
    mend = "fill in, let them be filled (--missing fill), or leave such rows out (--missing skip)"
    if total == 1:
        (line,), name = table.columns[gaps[0]].missing_lines, table.columns[gaps[0]].name
        raise ExplorerError(f"a value is missing in line {line:,}, column {gaps[0] + 1} ({name}): {mend}")
    places = [place_of_gaps(table.columns[j], j) for j in gaps[:MOST_TOLD]]
    rest = len(gaps) - len(places)
    more = f"; and in {rest:,} more {'column' if rest == 1 else 'columns'}" if rest else ""
    raise ExplorerError(f"{total:,} values are missing, in {'; '.join(places)}{more}: {mend}")


def place_of_gaps(column: Column, j: int) -> str:
    """Return where the gaps of column ``j`` are."""
    return f"column {j + 1} ({column.name}), {lines_told(column.missing_lines, column.missing)}"


def taken(values: Values, columns: list[int], rows: NDArray[np.intp] | None) -> Values:
    """Return these columns of these rows, without a copy where they stand side by side."""
    first, last = columns[0], columns[-1]
    together = values[:, first : last + 1] if columns == list(range(first, last + 1)) else values[:, columns]
    return together if rows is None else together[rows]


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

"""From a table to samples: which column is the target, which are inputs, which rows are whole, what is in the way."""

from pathlib import Path
from typing import NoReturn

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data.choices import Choices
from explorer.data.dataset import DataSet
from explorer.data.proposals import left_out, reason
from explorer.data.steps import Steps, finished
from explorer.data.table import Column, Table, lines_told
from explorer.data.target import classes_of
from explorer.data.words import MOST_WORDS, features_of, fit_inputs, spans_of, spread, words_of
from explorer.engine.errors import ExplorerError

Values = NDArray[np.float64]
MOST_TOLD = 3
"""Columns that are told one by one, those with missing values and those that are left out."""
MOST_NAMED = 12
"""Columns that a sentence names for the command line."""


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
    out = told_left_out(table, choices, target)
    what = f"the class {column.name!r}" if classes else f"the number {column.name!r}"
    return DataSet(
        name=table.name,
        title=Path(table.name).name,
        X=X,
        labels=labels,
        classes=classes,
        image_shape=None,
        features=features_of(table, inputs, words),
        description=f"{len(X):,} samples of {len(inputs)} columns, to predict {what}.{gaps}{out}",
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


def told_left_out(table: Table, choices: Choices, target: int) -> str:
    """Return which columns are left out though nobody said so, and why, as a sentence behind others."""
    proposed = sorted(left_out(table, choices, target) - choices.left_out(table.names))
    told = [f"{table.names[j]} {why}" for j in proposed if (why := reason(table, j))]
    more = f", and {len(told) - MOST_TOLD:,} more" if len(told) > MOST_TOLD else ""
    return f" Left out: {', '.join(told[:MOST_TOLD])}{more}." if told else ""


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

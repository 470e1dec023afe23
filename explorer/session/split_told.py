"""How samples were split, as a weights file tells it: by that, somebody else measures on the same held-out samples."""

import numpy as np

from explorer.session.columns import MOST_SPLIT, source_of, split_of
from explorer.session.subject import POINTS, Subject

MOST_TOLD = 20_000
"""Held-out samples up to which each is named; of more, seed and counts say which they are."""


def told_split(subject: Subject) -> dict[str, object]:
    """Return the split as values that JSON can hold; nothing where there was none, or where samples were drawn.

    ``seed``, ``test_share``, ``samples`` and ``of_class``, the number held out of each class (of numbers, one for all),
    say which samples these are; ``rows`` names them, counted from 0 in the order of the file, and ``lines`` where in a
    text they stand.
    """
    source = source_of(subject)
    data, seed = source.data, source.problem.init.seed
    if data is None or not data.test_share or POINTS in subject.edited or not len(source.test_Y):
        return {}
    held_out = source.test_Y.argmax(axis=1) if data.classes else np.zeros(len(source.test_Y), np.intp)
    counts = np.bincount(held_out, minlength=max(len(data.classes), 1)).tolist()
    told = {"seed": seed, "test_share": data.test_share, "samples": data.samples, "of_class": counts}
    if data.samples > MOST_SPLIT or len(held_out) > MOST_TOLD:
        return told
    rows = split_of(data, seed)[1]
    lines = {} if data.lines is None else {"lines": data.lines.at(rows).tolist()}
    return {**told, "rows": rows.tolist(), **lines}

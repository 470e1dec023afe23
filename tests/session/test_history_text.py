"""A history as text reads back to the same numbers; what cannot be measured is left out."""

import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.session import Evaluation
from explorer.session.history_text import FIELDS, history_csv, measured

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(st.builds(Evaluation, st.integers(0, 10**9), NUMBERS, NUMBERS, NUMBERS, NUMBERS)), st.integers(1, 999))
def test_what_is_written_reads_back(evaluations: list[Evaluation], steps_per_epoch: int) -> None:
    rows = list(csv.DictReader(io.StringIO(history_csv(evaluations, steps_per_epoch))))
    assert len(rows) == len(evaluations)
    for row, evaluation in zip(rows, evaluations, strict=True):
        assert (int(row["step"]), int(row["epoch"])) == (evaluation.step, evaluation.step // steps_per_epoch)
        back = [float(row[name]) if row[name] else np.nan for name in FIELDS]
        np.testing.assert_array_equal(back, measured(evaluation))

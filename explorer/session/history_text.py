"""A run's measurements as a table of text: one way to write it, from the window and from the command line. No Qt."""

import csv
import io
import math
from collections.abc import Iterable

from explorer.session.history import Evaluation

FIELDS = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


def measured(evaluation: Evaluation) -> list[float]:
    """Return what was measured, in the order of ``FIELDS``."""
    return [getattr(evaluation, name) for name in FIELDS]


def history_csv(evaluations: Iterable[Evaluation], steps_per_epoch: int) -> str:
    """Return a row an evaluation; numbers at full precision, nothing where nothing is to be measured."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["epoch", "step", *FIELDS])
    for evaluation in evaluations:
        numbers = ("" if math.isnan(value) else value for value in measured(evaluation))
        writer.writerow([evaluation.step // steps_per_epoch, evaluation.step, *numbers])
    return text.getvalue()

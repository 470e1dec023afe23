"""Inputs that are too large, and the remedy: their samples are opened anew, each column standardised. No Qt."""

import numpy as np
from msgspec.structs import replace

from explorer.data import DataSet
from explorer.engine.problem import Problem
from explorer.session.pictures.signals import evenly
from explorer.session.subject import POINTS, Subject

LARGE_INPUTS = 10.0
"""Root mean square of inputs above which their scale is the likely cause of a trouble; of standardised ones it is 1."""
LOOKED_AT = 2**18
"""Entries of the inputs by which their size is judged: of more, those of samples spread evenly."""


def large_inputs(problem: Problem) -> str:
    """Return that the inputs are large, with the number behind it; nothing where they are not."""
    rows = evenly(problem.samples, max(LOOKED_AT // problem.X.shape[1], 1))
    size = float(np.sqrt(np.mean(np.square(problem.X[rows], dtype=np.float64))))
    return f"the inputs are large (root mean square {size:,.4g}, where 1 is usual)" if size > LARGE_INPUTS else ""


def can_scale(subject: Subject) -> bool:
    """Tell whether the samples can be opened anew with their columns standardised."""
    return subject.data is not None and subject.data.fitting == "none" and not subject.edited & {"x", "y", POINTS}


def scaled_data(subject: Subject) -> DataSet | None:
    """Return the samples with their columns to be standardised; None where they are so, are changed, or are no set."""
    data = subject.data
    if data is None or not can_scale(subject):
        return None
    choices = None if data.choices is None else replace(data.choices, fitting="standardise")
    return replace(data, fitting="standardise", choices=choices)

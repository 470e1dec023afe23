"""The remedy of inputs that are too large: their samples are opened anew, each column standardised. No Qt."""

from msgspec.structs import replace

from explorer.data import DataSet
from explorer.session.subject import POINTS, Subject


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

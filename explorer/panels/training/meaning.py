"""What a loss means in the units of what is predicted: a person knows kWh, and no squares of standardised numbers."""

import math
from collections.abc import Callable
from functools import partial

from msgspec import Struct

from explorer.session import Subject
from explorer.session.pictures.prediction import error_of_loss, predicted_names
from explorer.tape.numbers import shown

DIGITS = 3


class Meaning(Struct, frozen=True):
    """What values of a curve mean.

    Attributes
    ----------
    name
        What is predicted.
    error
        Gives the root mean square error, in its units, of a mean loss.
    """

    name: str
    error: Callable[[float], float]

    def beside(self, loss: float) -> str:
        """Return "RMSE 142", as it stands beside the loss."""
        return f"RMSE {shown(self.error(loss), DIGITS)}"

    def told(self, loss: float) -> str:
        """Return it as a sentence."""
        return f"The root mean square error is {shown(self.error(loss), DIGITS)} in the units of {self.name}."


def meaning_of(subject: Subject) -> Meaning | None:
    """Return what the losses of a subject mean; None where they are of classes, of several numbers, or hold more."""
    if math.isnan(error_of_loss(subject, 1.0)):
        return None
    return Meaning(predicted_names(subject)[0], partial(error_of_loss, subject))

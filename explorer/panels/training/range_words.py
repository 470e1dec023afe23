"""What a range of steps holds of each curve, in as many words as fit below a plot. No Qt."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from explorer.panels.training.strokes import MINIBATCH
from explorer.tape.numbers import shown


class Spread(Struct, frozen=True):
    """The least, the mean and the largest value of a curve in a range of steps."""

    name: str
    least: float
    mean: float
    most: float

    def told(self, write: Callable[[float], str]) -> str:
        """Return all of it, each number as it is to be written: "train mean 0.5, least 0.25, largest 0.75"."""
        whose = "minibatches" if self.name == MINIBATCH else self.name
        return f"{whose} mean {write(self.mean)}, least {write(self.least)}, largest {write(self.most)}"

    def words(self, digits: int, *, ranged: bool) -> str:
        """Return the mean, with the extremes behind it where they are wanted; whose, unless the colour says it."""
        begin = "" if self.name == MINIBATCH else f"{self.name} "
        extremes = f" ({shown(self.least, digits)}–{shown(self.most, digits)})" if ranged else ""
        return f"{begin}{shown(self.mean, digits)}{extremes}"


class Form(Struct, frozen=True):
    """How much is said: digits, the extremes of the curve that tells most, and the minibatches beside the others."""

    digits: int
    ranged: bool
    minibatches: bool


FORMS = (Form(3, True, True), Form(2, True, True), Form(3, False, True), Form(3, False, False), Form(2, False, False))
"""In the order in which they are tried."""


def range_texts(spreads: Sequence[Spread], form: Form) -> dict[str, str]:
    """Return each curve's words by its name; the first spread is of the curve that tells most.

    The first of them that is read begins with "mean". Minibatches that nothing else stands beside are never left out.
    """
    told = [each for each in spreads if form.minibatches or each.name != MINIBATCH] or list(spreads)
    alone = len(spreads) == 1
    made = {each.name: each.words(form.digits, ranged=alone or (form.ranged and each is spreads[0])) for each in told}
    read_first = min(made, key=lambda name: (name == MINIBATCH, name != "train"))
    return made | {read_first: f"mean {made[read_first]}"}

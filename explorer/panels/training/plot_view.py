"""How the curves are looked at: smoothed or not, on which scale, which steps. Values and their arithmetic, no Qt."""

from typing import Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from explorer.panels.training.step_scale import StepScale

Smoothing = Literal["off", "light", "medium", "strong"]
SMOOTHINGS: dict[Smoothing, float] = {"off": 0.0, "light": 0.8, "medium": 0.95, "strong": 0.99}
"""Names of the weights of a moving average's past: over about 5, 20 and 100 of the drawn points."""
FEWEST = 4
"""Steps to which a person can zoom in."""


class PlotView(Struct, frozen=True):
    """What a person chose of a plot.

    Attributes
    ----------
    smoothing
        Weight of the past in the moving average: 0 for the curves as they are.
    logarithmic
        True for losses on a logarithmic axis.
    span
        First and last step shown; none for the whole run, whose newest step is followed.
    log_steps
        True for steps on a logarithmic axis.
    own
        True where the whole run is this one, however much longer the runs behind it are.
    """

    smoothing: float = 0.0
    logarithmic: bool = False
    span: tuple[int, int] | None = None
    log_steps: bool = False
    own: bool = False

    @property
    def scale(self) -> StepScale:
        """How the steps lie."""
        return StepScale(self.log_steps)

    def ends(self, newest: int) -> tuple[int, int]:
        """Return the first and the last step shown of a run that has come to ``newest``."""
        return (0, newest) if self.span is None else self.span

    def selected(self, one: float, other: float, newest: int) -> Self:
        """Return the view of the steps between two, whichever comes first; of all of them, the whole run."""
        low, high = max(round(min(one, other)), 0), min(round(max(one, other)), newest)
        if high - low < FEWEST:
            low = max(min((low + high - FEWEST) // 2, newest - FEWEST), 0)
            high = low + FEWEST
        return replace(self, span=None if low == 0 and high >= newest else (low, high))

    def zoomed(self, factor: float, about: float, newest: int) -> Self:
        """Return the view of a part ``factor`` times as short, in which a step stays where it is."""
        scale = self.scale
        low, high, place, last = (scale.place(step) for step in (*self.ends(newest), about, newest))
        width = min((high - low) / factor, last)
        first = min(max(place - (place - low) / factor, 0), last - width)
        return self.selected(scale.step(first), scale.step(first + width), newest)

    def whole(self) -> Self:
        """Return the view of all steps of all runs."""
        return replace(self, span=None, own=False)

    def alone(self) -> Self:
        """Return the view of the steps of this run."""
        return replace(self, span=None, own=True)

    def smoother(self) -> Self:
        """Return the view with the next smoothing, after the strongest none."""
        weights = list(SMOOTHINGS.values())
        return replace(self, smoothing=weights[(weights.index(self.smoothing) + 1) % len(weights)])

    def steps_switched(self) -> Self:
        """Return the view with the steps on the other scale."""
        return replace(self, log_steps=not self.log_steps)

    def switched(self) -> Self:
        """Return the view on the other scale."""
        return replace(self, logarithmic=not self.logarithmic)


def span_words(span: tuple[int, int]) -> str:
    """Return "steps 1,200–3,400"."""
    return f"steps {span[0]:,}–{span[1]:,}"

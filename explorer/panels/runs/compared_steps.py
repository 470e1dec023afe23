"""Which steps the plots show while runs are compared, and after: nobody's own choice is ever changed."""

from collections.abc import Sequence

from msgspec.structs import replace

from explorer.panels.training.plot_view import FEWEST
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session.runs_comparing import Lane

FAR = 2
"""How many times longer than a comparison the shown run is for the plots to show the comparison's steps alone."""


class ComparedSteps:
    """Remembers the steps that it lets the plots show."""

    def __init__(self, training: TrainingPanel) -> None:
        self._training = training
        self._range: tuple[int, int] | None = None

    def show(self, steps: int, shown: int) -> None:
        """Show so many steps, if the shown run has so many more that the compared ones were a stroke."""
        if shown > FAR * steps:
            self._range = 0, steps
            self._training.look(replace(self._training.loss.view, span=self._range))

    def show_made(self, lanes: Sequence[Lane], wanted: int) -> None:
        """Show the steps that were made, where fewer were than asked for and nobody has chosen others since."""
        view, made = self._training.loss.view, max((lane.run.step for lane in lanes), default=0)
        if FEWEST <= made < wanted and self._range is not None and view.span == self._range:
            self._range = 0, made
            self._training.look(replace(view, span=self._range))

    def show_all(self) -> None:
        """Show the whole run again, if nobody has chosen other steps since the comparison began."""
        view = self._training.loss.view
        if self._range is not None and view.span == self._range:
            self._training.look(view.whole())
        self._range = None

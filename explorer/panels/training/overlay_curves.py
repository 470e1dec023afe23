"""The curves of further runs: read once, and again only where a run grew or is looked at in another way."""

from typing import TYPE_CHECKING

from explorer.panels.training.plot_kind import PlotKind, finite
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.strokes import TEST, TRAIN, further

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explorer.panels.training.curves import Points
    from explorer.panels.training.overlays import Overlay


class OverlayCurves:
    """Keeps the points of each overlay."""

    def __init__(self, kind: PlotKind) -> None:
        self._kind = kind
        self._kept: dict[int, tuple[tuple[object, ...], dict[str, Points]]] = {}

    def points(self, overlays: "Sequence[Overlay]", view: PlotView) -> "dict[str, Points]":
        """Return the points of the overlays' measured curves, by the names of their strokes."""
        self._kept = {place: kept for place, kept in self._kept.items() if place < len(overlays)}
        return {
            further(place, series): points
            for place, overlay in enumerate(overlays)
            for series, points in self._of(place, overlay, view).items()
        }

    def _of(self, place: int, overlay: "Overlay", view: PlotView) -> "dict[str, Points]":
        history = overlay.history
        newest = history.evaluations[-1] if history.evaluations else None
        state = (history, len(history.losses), newest, view.smoothing, view.span, view.log_steps)
        if place not in self._kept or self._kept[place][0] != state:
            curves = self._kind.measured(history, view)
            self._kept[place] = state, {series: finite(curves[series]) for series in (TRAIN, TEST)}
        return self._kept[place][1]

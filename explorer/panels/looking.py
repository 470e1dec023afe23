"""How the window looks at its session: taken when that is saved, and taken up again when it is opened."""

from typing import TYPE_CHECKING

from explorer.panels.training.plot_view import SMOOTHINGS, PlotView
from explorer.session.stored.window_view import WindowView

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow

CURVES = ("logarithmic", "log_steps", "own", "span")
"""What a ``WindowView`` has of a ``PlotView`` by the same name."""


def view_of(window: "MainWindow") -> WindowView:
    """Return how a window looks at its session."""
    curves = window.training.loss.view
    return WindowView(
        workspace=window.places.workspace,
        learned=window.learn.done,
        lesson=window.learn.lesson_name,
        picture=window.training.pictures.key,
        smoothing=next((name for name, weight in SMOOTHINGS.items() if weight == curves.smoothing), "off"),
        **{name: getattr(curves, name) for name in CURVES},
    )


def take_view(window: "MainWindow", view: WindowView) -> None:
    """Let a window look at its session in that way."""
    taken = {name: getattr(view, name) for name in CURVES}
    window.training.look(PlotView(smoothing=SMOOTHINGS[view.smoothing], **taken))
    if view.picture in window.training.pictures.offered_keys:
        window.training.pictures.choose(view.picture)
    window.learn.take_done(view.learned)
    window.set_workspace(view.workspace)
    if view.lesson:
        window.learn.show_page(view.lesson)

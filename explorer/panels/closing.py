"""What Esc closes, in its order: what lies on top first, so that a key never acts on what is hidden."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow


class Closable(Struct, frozen=True):
    """Something that can be open, and what closes it."""

    words: str
    is_open: Callable[[], bool]
    close: Callable[[], object]


def closables(window: "MainWindow") -> tuple[Closable, ...]:
    """Return what Esc closes, first to last; fields, lists and the number being typed take Esc before all of these."""
    session, sheet, card, hint = window.session, window.chain_sheet, window.step_panel, window.training.controls.hint
    drawing, large = window.action("draw_points"), window.action("enlarge_picture")
    picture = window.training.pictures.view
    return (
        Closable("the samples of a cell", picture.is_open, picture.close_open),
        Closable("drawing points", drawing.isChecked, lambda: drawing.setChecked(False)),
        Closable("the large picture", large.isChecked, lambda: large.setChecked(False)),
        Closable("the chain view", lambda: sheet.is_open, sheet.close_sheet),
        Closable("the mistake lab", lambda: window.lab.is_open, window.lab.close),
        Closable("the answer", lambda: window.answers.is_open, window.answers.close),
        Closable("the nudge", lambda: not card.nudge.isHidden(), lambda: card.check.nudge_wanted.setChecked(False)),
        Closable(
            "the Jacobian view",
            lambda: window.action("jacobian_view").isChecked(),
            lambda: window.action("jacobian_view").setChecked(False),
        ),
        Closable("all terms of a sum", lambda: card.entry.shows_all_terms, card.entry.toggle_terms),
        Closable("the notice", lambda: session.state.notice is not None, lambda: session.tell(None)),
        Closable("the hint", lambda: not hint.isHidden(), hint.dismiss),
        Closable("the choice of a cell", lambda: session.state.selected is not None, lambda: session.select(None)),
        Closable(
            "the pass of a guest",
            lambda: session.state.guest is not None or session.state.walk is not None,
            session.leave_guest,
        ),
    )


def topmost(window: "MainWindow") -> Closable | None:
    """Return what Esc closes now, if there is anything."""
    return next((closable for closable in closables(window) if closable.is_open()), None)


def show_closable(window: "MainWindow") -> None:
    """Let Esc close what is open; where nothing is, it is left to whoever has the focus."""
    window.action("close_notice").setEnabled(topmost(window) is not None)


def close_topmost(window: "MainWindow") -> None:
    """Close what lies on top."""
    found = topmost(window)
    if found is not None:
        found.close()
    show_closable(window)

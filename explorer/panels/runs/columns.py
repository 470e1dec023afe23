"""Which runs are laid side by side, with their colours: the chosen ones, or all that are drawn, the shown one first."""

from collections.abc import Sequence

from explorer.panels.theme import Palette
from explorer.session import Session
from explorer.session.moment import Moment
from explorer.session.showing import at_front

MOST_COLUMNS = 8
"""Runs that are laid side by side at most, if nobody has chosen some."""
Column = tuple[str, str, Moment]
"""A run in the table: its name, its colour as "#RRGGBB", itself."""


def columns_of(session: Session, chosen: Sequence[int], look: Palette) -> list[Column]:
    """Return what a table of runs compares.

    Parameters
    ----------
    chosen
        The ids of the runs that are chosen in the list; fewer than two choose none.
    """
    state, many = session.state, len(chosen) > 1
    runs = [run for run in state.runs if (run.id in chosen if many else run.id not in state.hidden_runs)]
    columns = [(run.name, look.runs[run.colour], run.moment) for run in runs]
    if state.run.step and not many and session.shown_run() is None:
        columns.insert(0, ("this run", look.train, Moment.of(at_front(state), session.history)))
    return columns if many else columns[:1] + columns[1:][-MOST_COLUMNS:]

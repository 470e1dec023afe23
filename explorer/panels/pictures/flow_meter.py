"""Measures how the gradient fares in the layers whichever picture is shown, so that its curves have no gap."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer.session import Session, State
from explorer.session.pictures.flow import Flow, FlowLog, flow
from explorer.session.pictures.signals import Work

MOST_FILLED = 60
"""Kept passes that are measured after a run has gone on."""


class FlowMeter(QObject):
    """Keeps what was measured.

    Signals
    -------
    measured
        The newest ``Flow``.
    """

    measured = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.log = FlowLog()

    def measure(self, state: State) -> Flow:
        """Measure the gradient's flow at a state and note it."""
        problem = state.subject.problem
        measured = flow(state.network, problem.X, problem.Y, state.network_step)
        self.log.add(state.run.id, measured)
        self.measured.emit(measured)
        return measured

    def fill(self, state: State) -> Work[None]:
        """Measure, at rest, kept passes that went by too fast: denser at the begin, where most happens."""
        passes, problem = tuple(self._session.history.checkpoints), state.subject.problem
        known = {each.step for each in self.log.measured}
        for place in earlier_denser(len(passes), MOST_FILLED):
            each = passes[place]
            if each.step not in known:
                self.log.add(state.run.id, flow(each.network, problem.X, problem.Y, each.step))
                yield


def earlier_denser(count: int, most: int) -> list[int]:
    """Return at most so many of ``count`` places, half of them spread evenly, half closer to the begin."""
    if not count:
        return []
    even, closer = np.linspace(1, count, most // 2), np.geomspace(1, count, most // 2)
    return sorted({round(place) - 1 for place in (*even.tolist(), *closer.tolist())})

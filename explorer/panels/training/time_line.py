"""The line of time under the curves: a slider over the kept steps of a run, and the way to branch from one of them."""

from PySide6.QtCore import QElapsedTimer, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from explorer.panels.elided_label import ElidedLabel
from explorer.panels.naming import name_by_action
from explorer.panels.theme import Palette
from explorer.panels.training.time_slider import TimeSlider
from explorer.session import RunStatus, Session, State

STREAMING_MS = 200
"""While a run goes on, the line is brought up to date that often."""
MEGABYTE = 2**20
SPACING = 10
CONTINUE, BACK = "Continue from here", "Back to a good step"
"""What the button says; the other where the run has diverged, whose end leads nowhere."""
BACK_TIP = "This run diverged: let another begin at the kept step with the lowest loss; undo takes that back. (K)"
NEWEST, BEST = "newest step", "best step"
NOTHING_KEPT = "no step to go back to yet"
KEPT_TIP = "Steps that can be gone back to, and the memory that they take: as the run grows, every other one goes."


class WhereLabel(QLabel):
    """Says which step is looked at; as wide as the widest that it has to say, in the font that it has by then."""

    def __init__(self) -> None:
        super().__init__()
        self._newest = 0

    def hold(self, newest: int) -> None:
        """Have room for every step up to that one; the line is laid out anew only where that takes more."""
        before = self.sizeHint()
        self._newest = newest
        if self.sizeHint() != before:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Have room for the newest step, so that the slider keeps its length under the mouse."""
        words = NEWEST, f"step {self._newest:,}", self.text()
        width = max(map(self.fontMetrics().horizontalAdvance, words)) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()


class KeptLabel(ElidedLabel):
    """How much is kept: the first thing that a narrow line can do without, and in part it says nothing."""

    def minimumSizeHint(self) -> QSize:
        """Take no room before the others have theirs."""
        return QSize(0, super().minimumSizeHint().height())

    def fitting(self, text: str, room: int) -> str:
        """Return all of it or nothing."""
        return text if super().fitting(text, room) == text else ""


class TimeLine(QWidget):
    """Shows which step of the run is looked at; the slider takes the whole window to another one.

    Parameters
    ----------
    session
        Asked to look at a step.
    branch
        The action that lets a run begin at the shown step; it becomes a button.
    """

    def __init__(self, session: Session, branch: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_line")
        self._session, self._branch, self._tip = session, branch, branch.toolTip()
        self._steps: tuple[int, ...] = ()
        self._shown = QElapsedTimer()
        self.slider = TimeSlider()
        self.slider.valueChanged.connect(self._look)
        self.where, self.kept = WhereLabel(), KeptLabel()
        self.where.setProperty("role", "small")
        self.kept.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.kept.setProperty("role", "small")
        self._arrange()
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)
        self.show_state(None, session.state)

    def _arrange(self) -> None:
        button = self._button = QToolButton()
        button.setObjectName("continue_here_button")
        button.setDefaultAction(self._branch)
        name_by_action(button, self._branch)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING)
        line.addWidget(self.slider, 1)
        line.addWidget(self.where)
        line.addWidget(button)
        line.addWidget(self.kept)

    def minimumSizeHint(self) -> QSize:
        """Do with the slider and the button: a long run's words must not press upon what stands beside the line."""
        return QSize(self._least(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the step out where it has no room: the plots tell it, too."""
        super().resizeEvent(event)
        self._make_room()

    def _least(self) -> int:
        return self.slider.minimumWidth() + SPACING + self._button.minimumWidth()

    def _make_room(self) -> None:
        self.where.setVisible(self._least() + SPACING + self.where.sizeHint().width() <= self.width())

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.slider.palette_in_use = palette
        self.slider.update()

    def _look(self, place: int) -> None:
        if place < len(self._steps):
            self._session.look_at(self._steps[place])

    def show_state(self, old: State | None, new: State) -> None:
        """Bring up to date what differs, and while a run goes on, not at every turn."""
        if old is None or looked_at(old) != looked_at(new) or self._is_due(old, new):
            self._shown.start()
            self._show(new)

    def _is_due(self, old: State, new: State) -> bool:
        streaming = new.run.status is RunStatus.RUNNING
        return old.run is not new.run and (not streaming or self._shown.elapsed() >= STREAMING_MS)

    def _show(self, state: State) -> None:
        checkpoints = self._session.checkpoints
        self._steps = checkpoints.steps
        place = self._steps.index(checkpoints.at(state.network_step).step) if self._steps else 0
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(len(self._steps) - 1, 0))
        self.slider.setValue(place if state.front is not None else self.slider.maximum())
        self.slider.blockSignals(False)
        self.slider.setEnabled(len(self._steps) > 1)
        self.slider.setToolTip(f"{len(self._steps):,} steps of this run can be looked at again (keys , and .)")
        lost = state.run.status is RunStatus.FAILED and state.front is None and bool(self._steps)
        self._branch.setEnabled(lost or state.front is not None)
        self._branch.setIconText(BACK if lost else CONTINUE)
        self._branch.setToolTip(BACK_TIP if lost else self._tip)
        self._button.setMinimumWidth(max(self._button.minimumWidth(), self._button.sizeHint().width()))
        self.where.setText(where_words(state) if self._steps else NOTHING_KEPT)
        self.where.setToolTip(f"of {state.run.step:,} steps" if self._steps else "")
        self.where.hold(state.run.step)
        self._make_room()
        self.kept.setText(kept_words(len(self._steps), checkpoints.nbytes, checkpoints.budget) if self._steps else "")
        self.kept.setToolTip(f"{self.kept.text()}\n{KEPT_TIP}".strip())


def looked_at(state: State) -> tuple[object, ...]:
    """Return what the line shows at once: the run, how it stands, and the step that is looked back at."""
    return state.run.id, state.run.status, state.front is not None, state.front and state.network_step


def where_words(state: State) -> str:
    """Return "newest step", or "step 400": no longer, for the slider keeps its length under the mouse."""
    if state.front is None:
        return NEWEST if state.run.kept_step is None else BEST
    return f"step {state.network_step:,}"


def kept_words(count: int, size: int, budget: int) -> str:
    """Return "212 kept · 3.1 of 32 MB"."""
    return f"{count:,} kept · {size / MEGABYTE:.1f} of {budget / MEGABYTE:.0f} MB"

"""The training panel: a card along the bottom of the window, controls on the left and curves beside them."""

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from explorer.panels.pictures.picture_sheet import slotted
from explorer.panels.pictures.pictures_panel import PicturesPanel
from explorer.panels.theme import Palette
from explorer.panels.training.meaning import meaning_of
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import ACCURACY, LOSS
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.time_line import TimeLine
from explorer.panels.training.training_controls import TrainingControls
from explorer.panels.training.training_layout import TrainingLayout
from explorer.session import Run, RunStatus, Session, State
from explorer.session.rightness import has_accuracy

CURVES_MS, TURN_MS = 400, 14
"""While a run goes on, its curves are drawn that often: an eye sees no more in them, and training keeps the time.

Each plot waits for a turn of its own, until what came before it has been painted.
"""


class TrainingPanel(QFrame):
    """Controls and curves of the session's run.

    Parameters
    ----------
    session
        Shown, and configured by the fields.
    actions
        The window's actions by name; ``train``, ``train_step``, ``train_epoch``, ``reset`` and ``continue_here`` become
        buttons.
    """

    def __init__(self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_panel")
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside a field ends what is typed in it
        self._session = session
        self.controls = TrainingControls(session, actions)
        self.loss, self.accuracy = CurvePlot(LOSS), CurvePlot(ACCURACY)
        for plot in (self.loss, self.accuracy):
            plot.view_asked.connect(self.look)
            plot.pointed.connect(self.point_at)
        self.pictures = PicturesPanel(session)
        self.time = TimeLine(session, actions["continue_here"])
        self._drawn = QElapsedTimer()
        self._drawn.start()
        self._due: list[CurvePlot] = []
        self._next = QTimer(self, interval=TURN_MS, singleShot=True)
        self._next.timeout.connect(self._draw_next)
        self._arrange()
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)
        self.show_state(None, session.state)

    def _arrange(self) -> None:
        plots, picture = (self.loss, self.accuracy), slotted(self.pictures)
        self._places = TrainingLayout(self, self.controls, plots, self.time, picture)

    def set_roomy(self, *, roomy: bool) -> None:
        """Lay the parts out for most of the window, or for a strip of it."""
        self._places.set_roomy(roomy=roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._places.fit()

    @Slot(object)
    def look(self, view: PlotView) -> None:
        """Look at both plots in another way."""
        self.loss.set_view(view)
        self.accuracy.set_view(view)

    def smooth_more(self) -> None:
        """Smooth the curves more, after the strongest smoothing not at all."""
        self.look(self.loss.view.smoother())

    def switch_scale(self) -> None:
        """Put the losses on the other scale."""
        self.look(self.loss.view.switched())

    def switch_steps(self) -> None:
        """Put the steps on the other scale."""
        self.look(self.loss.view.steps_switched())

    @Slot(object)
    def point_at(self, step: int | None) -> None:
        """Mark a step in both plots, or none."""
        self.loss.point_at(step)
        self.accuracy.point_at(step)

    def set_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """Draw further runs behind the present one, in both plots; see ``CurvePlot.set_overlays``."""
        self.loss.set_overlays(overlays)
        self.accuracy.set_overlays(overlays)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.controls.set_palette(palette)
        self.loss.set_palette(palette)
        self.accuracy.set_palette(palette)
        self.pictures.set_palette(palette)
        self.time.set_palette(palette)

    def show_state(self, old: State | None, new: State) -> None:
        """Bring up to date what differs; everything if there was no state."""
        self.controls.show_state(old, new)
        if old is not None:
            self.pictures.show_state(old, new)
        if old is None or old.subject is not new.subject:
            self.loss.set_meaning(meaning_of(new.subject))
            self.accuracy.setVisible(has_accuracy(new.subject))  # of numbers is none: the losses get its room
        for plot in (self.loss, self.accuracy):
            plot.tell_step(new.told_step)
        if old is None or (old.run != new.run and not is_streaming(old.run, new.run)):
            self.follow()
        elif old.run != new.run and not self._next.isActive() and self._drawn.elapsed() >= CURVES_MS:
            self._drawn.restart()
            self._due = [self.loss, self.accuracy]
            self._next.start()
        for plot in (self.loss, self.accuracy):
            plot.look_back(new.network_step if new.front is not None else None)

    def follow(self) -> None:
        """Draw the curves at once as they stand."""
        self._next.stop()
        for plot in (self.loss, self.accuracy):
            plot.show_history(self._session.history, self._session.state.run)

    @Slot()
    def _draw_next(self) -> None:
        """Draw one plot that is due: each has a turn of the event loop, so that none holds the window up for long."""
        plot, run = self._due.pop(0), self._session.state.run
        plot.show_history(self._session.history, run)
        if plot is self.loss:
            self.controls.hint.follow(run.evaluation)
        if self._due:
            self._next.start()


def is_streaming(old: Run, new: Run) -> bool:
    """Tell whether a run goes on: its curves then wait for their clock."""
    return old.id == new.id and old.status is new.status is RunStatus.RUNNING

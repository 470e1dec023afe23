"""The window: places the panels, and shows each of them what the session holds."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from explorer.bridge import TrainingEngine
from explorer.graph.motion import Motion
from explorer.graph.typeset import Typesetter
from explorer.graph.view import NetworkView
from explorer.panels.actions import make_actions, make_menu
from explorer.panels.banner import Banner
from explorer.panels.closing import topmost
from explorer.panels.edit_actions import EditActions
from explorer.panels.file_actions import FileActions, is_known
from explorer.panels.focus_order import is_lost, order_tabs
from explorer.panels.layout import Panels, place
from explorer.panels.pass_pager import PassPager
from explorer.panels.pictures.picture_sheet import PictureSheet
from explorer.panels.player import Player
from explorer.panels.reduced_motion import wants_less_motion
from explorer.panels.runs.run_actions import RunActions
from explorer.panels.step.chain_sheet import ChainSheet
from explorer.panels.step.step_panel import StepPanel
from explorer.panels.step.step_words import is_streaming
from explorer.panels.steps_view import StepsView
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import PALETTES, Palette, graph_style
from explorer.panels.topbar import TopBar
from explorer.panels.training.training_panel import TrainingPanel
from explorer.panels.transport import Transport
from explorer.session import RunStatus, Session, State

SIZE = QSize(1280, 800)
SMALLEST = QSize(1160, 680)
FOLLOW_MS = 6
"""After numbers have come in from training, the pass is drawn; the step card and the curves come later still."""
ROUNDS = 4
"""From a matrix of the step card out to the area that scrolls it."""


class MainWindow(QMainWindow):
    """The whole window.

    Parameters
    ----------
    session
        What the window shows and changes.
    engine
        Trains in its own thread; the window shuts it down when it closes.
    """

    def __init__(self, session: Session, engine: TrainingEngine) -> None:
        super().__init__()
        self.setWindowTitle("Backprop Explorer")
        self.setAcceptDrops(True)
        self.session, self.engine = session, engine
        self.typesetter = Typesetter(self, waiting=True)
        self.actions_by_name = make_actions(self)
        self.files = FileActions(self, session)
        self.motion = Motion(self, enabled=not wants_less_motion())
        self.player = Player(session, self.action("play"), self)
        self._follow = QTimer(self, interval=FOLLOW_MS, singleShot=True)
        self._follow.timeout.connect(self.follow)
        self._make_panels()
        self.runs = RunActions(self, session, engine, self.training, self.actions_by_name)
        panels = (self.top, self.banner, self.steps, self.network, self.transport, self.step_panel, self.training)
        holder, self._places = place(Panels(*panels))
        self.chain_sheet = ChainSheet(self.session, self.typesetter, (self.network, self.step_panel), holder)
        self.chain_sheet.homeless.connect(self.steps.take_keys)
        self.picture_sheet = PictureSheet(self.training.pictures, (self.network, self.step_panel), holder)
        self.picture_sheet.homeless.connect(self.steps.take_keys)
        self.step_panel.grown.connect(self.order_tabs)
        self.chain_sheet.strip.grown.connect(self.order_tabs)
        self.order_tabs()
        holder.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside a field ends what is typed in it
        self.setCentralWidget(holder)
        self.edits = EditActions(session, self.actions_by_name)
        self.look: Palette = PALETTES["light"]
        self.set_look("dark" if system_is_dark() else "light")
        self._unsubscribe = session.subscribe(self._state_changed)
        self._show_all(session.state)
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)

    def _make_panels(self) -> None:
        self.top = TopBar(self.actions_by_name, make_menu(self, self.actions_by_name))
        self.banner = Banner()
        self.pager = PassPager(self.actions_by_name)
        self.steps = StepsView(self.typesetter, self.pager)
        self.network = NetworkView(self.typesetter, motion=self.motion)
        self.transport = Transport(self.actions_by_name)
        self.step_panel = StepPanel(self.session, self.typesetter, self.motion)
        self.training = TrainingPanel(self.session, self.actions_by_name)

    def action(self, name: str) -> QAction:
        """Return the action of that object name."""
        return self.actions_by_name[name]

    # Looks and places

    def set_look(self, name: str) -> None:
        """Take the light or the dark look, everywhere."""
        self.look = PALETTES[name]
        self.setStyleSheet(stylesheet(self.look))
        self.network.set_style(graph_style(self.look))
        self.steps.set_palette(self.look)
        self.transport.set_palette(self.look)
        self.step_panel.set_palette(self.look)
        self.chain_sheet.set_palette(self.look)
        self.training.set_palette(self.look)
        self.runs.set_palette(self.look)
        self.files.opener.look = self.look
        self.action("dark").setChecked(name == "dark")

    def set_workspace(self, name: str) -> None:
        """Give the pass or the training most of the window."""
        self._places.show_workspace(name)
        self.top.show_workspace(name)

    def complete(self) -> None:
        """Finish what the window otherwise does when it has time: plots and formulas, for a picture of it."""
        self.training.ensure_plots()
        self.motion.finish()
        self.follow()
        self.step_panel.follow()
        for _ in range(4):
            QApplication.processEvents()
            self.grab()
            self.typesetter.finish()
        self.network.settle()
        self.step_panel.check.check_now()
        QApplication.processEvents()

    # The state

    def _state_changed(self, old: State, new: State) -> None:
        """Bring up to date what differs."""
        self.edits.show_state()
        if old.run.status is not new.run.status:
            self._show_status(new.run.status)
        if old.notice != new.notice:
            self._show_notice(new)
        if place_of(old) != place_of(new):
            self._show_place(new)
        if old.memory.updates != new.memory.updates:
            self.pager.show_state(new)
        if is_streaming(old, new):
            if old.tape is not new.tape and not self._follow.isActive():
                self._follow.start()
        elif pass_of(old) != pass_of(new):
            self.follow()
        self.show_closable()
        lay_out_at_once()

    @Slot()
    def follow(self) -> None:
        """Draw the pass as it stands; while a network trains, in a turn of the event loop of its own."""
        self._follow.stop()
        self.network.show_state(self.session.state, self.session.state.script)

    def _show_all(self, state: State) -> None:
        self._show_status(state.run.status)
        self._show_notice(state)
        self._show_place(state)
        self.pager.show_state(state)
        self.network.show_state(state, state.script)
        self.show_closable()

    def _show_notice(self, state: State) -> None:
        """Show the notice."""
        offer = state.notice.offer if state.notice is not None else ""
        self.banner.show_notice(state.notice, self.action(offer).iconText() if offer else "")

    def show_closable(self) -> None:
        """Let Esc close what is open; where nothing is, it is left to whoever has the focus."""
        self.action("close_notice").setEnabled(topmost(self) is not None)

    def _show_place(self, state: State) -> None:
        """Show what stays while only numbers stream in: the subject, the sample, the steps and the position."""
        self.top.show_state(state)
        self.action("numerator_layout").setChecked(state.layout == "numerator")
        self.steps.show_state(state, state.script)
        self.transport.show_state(state)
        last, position = len(state.tape) - 1, state.position
        enabled = {
            "first_step": position > 0,
            "step_back": position > 0,
            "step_forward": position < last,
            "last_step": position < last,
        }
        for name, possible in enabled.items():
            self.action(name).setEnabled(possible)

    def _show_status(self, status: RunStatus) -> None:
        running = status is RunStatus.RUNNING
        self.network.set_moving(running)
        self.action("train").setChecked(running)
        self.action("train").setText("Pause &training" if running else "&Train")
        self.action("train").setEnabled(status is not RunStatus.FAILED)
        self.action("back_to_good").setEnabled(status is RunStatus.FAILED)
        for name in ("train_step", "train_epoch"):
            self.action(name).setEnabled(status in {RunStatus.READY, RunStatus.PAUSED})

    # Events

    @Slot()
    def order_tabs(self) -> None:
        """Let Tab follow the eye, through what has been made since, too."""
        sheets = self.chain_sheet, self.picture_sheet
        pass_panels = (self.steps, self.network, *sheets, self.step_panel, self.transport)
        order_tabs((self.top, self.banner, *pass_panels, self.training))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on by Tab, past what the sheet covers; from what has been hidden or disabled back to the steps."""
        if is_lost(QApplication.focusWidget()):
            (self.chain_sheet if self.chain_sheet.is_open else self.steps).take_keys()
            return True
        moved = super().focusNextPrevChild(forward)
        sheets = self.chain_sheet, self.picture_sheet
        while moved and any(sheet.covers(QApplication.focusWidget()) for sheet in sheets):
            moved = super().focusNextPrevChild(forward)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play on Space where no button or field has taken it; overriding ``event`` would hold every painting up."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.action("play").trigger()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file that can be opened."""
        if any(is_known(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        names = [url.toLocalFile() for url in event.mimeData().urls()]
        self.files.open_named(next(name for name in names if is_known(name)))
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their shares of the height once it is known."""
        super().showEvent(event)
        if not event.spontaneous():
            self.set_workspace("Explore")
            self.network.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; what the first frame must not wait for begins after it."""
        super().paintEvent(event)
        self.typesetter.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs, once: playing, training and its thread, listening."""
        self.player.stop()
        self.motion.finish()
        self.typesetter.stop()
        self.files.opener.shutdown()
        self.runs.shutdown()
        self.engine.shutdown()
        self.follow()
        self.step_panel.follow()
        self.training.follow()
        self._unsubscribe()
        self._unsubscribe = do_nothing
        super().closeEvent(event)


def place_of(state: State) -> tuple[object, ...]:
    """Return where a person stands: in which subject, at which sample and step, and how that is written."""
    place = id(state.subject), state.network.sizes, state.place, state.places, state.whole, state.position
    guest = state.guest, state.walk
    return *place, *guest, len(state.tape), state.settings.batch_size, state.script, state.edited


def pass_of(state: State) -> tuple[object, ...]:
    """Return what the drawing of the pass depends on."""
    return *place_of(state), id(state.tape), state.selected, state.hovered


def lay_out_at_once() -> None:
    """Let all widgets take their places before they are painted; each round reaches the next widget outwards."""
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def system_is_dark() -> bool:
    """Tell whether the desktop asks for dark windows."""
    return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def do_nothing() -> None:
    """Stand in for an unsubscription that has been made."""

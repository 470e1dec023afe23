"""The window: on the screen at once, with the outline of its panels; ``furnish`` then puts the panels in their places.

Nothing here may load NumPy or a panel: the first frame would wait for it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow

from explorer.graph.key_sets import ENTER
from explorer.panels.focus_order import is_lost, order_tabs
from explorer.panels.outline import paint_outline
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import PALETTES, Palette, graph_style

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.bridge import TrainingEngine
    from explorer.graph.motion import Motion
    from explorer.graph.typeset import Typesetter
    from explorer.graph.view import NetworkView
    from explorer.panels.answer_actions import AnswerActions
    from explorer.panels.banner import Banner
    from explorer.panels.covering_sheet import CoveringSheet
    from explorer.panels.edit_actions import EditActions
    from explorer.panels.file_actions import FileActions
    from explorer.panels.following import Following
    from explorer.panels.lab_actions import LabActions
    from explorer.panels.layout import Places
    from explorer.panels.learn_actions import LearnActions
    from explorer.panels.notice_place import NoticePlace
    from explorer.panels.pass_pager import PassPager
    from explorer.panels.pictures.picture_sheet import PictureSheet
    from explorer.panels.player import Player
    from explorer.panels.runs.run_actions import RunActions
    from explorer.panels.step.chain_sheet import ChainSheet
    from explorer.panels.step.step_panel import StepPanel
    from explorer.panels.steps_view import StepsView
    from explorer.panels.topbar import TopBar
    from explorer.panels.training.training_panel import TrainingPanel
    from explorer.panels.transport import Transport
    from explorer.session import Session

SIZE = QSize(1280, 800)
SMALLEST = QSize(1160, 680)


class MainWindow(QMainWindow):
    """The whole window; until ``is_furnished`` it shows an outline, and takes no key but can be closed.

    Attributes
    ----------
    session
        What the window shows and changes.
    engine
        Trains in its own thread; the window shuts it down when it closes.
    may_close
        Is asked first.

    Signals
    -------
    painted
        The outline is painted.
    """

    painted = Signal()

    session: "Session"
    engine: "TrainingEngine"
    typesetter: "Typesetter"
    actions_by_name: dict[str, QAction]
    files: "FileActions"
    motion: "Motion"
    player: "Player"
    following: "Following"
    top: "TopBar"
    banner: "Banner"
    notice_place: "NoticePlace"
    pager: "PassPager"
    steps: "StepsView"
    network: "NetworkView"
    transport: "Transport"
    step_panel: "StepPanel"
    training: "TrainingPanel"
    runs: "RunActions"
    places: "Places"
    chain_sheet: "ChainSheet"
    picture_sheet: "PictureSheet"
    lab: "LabActions"
    edits: "EditActions"
    answers: "AnswerActions"
    learn: "LearnActions"

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Backprop Explorer")
        self.look: Palette = PALETTES["dark" if system_is_dark() else "light"]
        self.is_furnished, self._tabs_ordered = False, False
        self.may_close: Callable[[], bool] = lambda: True
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)

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
        self.lab.set_palette(self.look)
        self.training.set_palette(self.look)
        self.runs.set_palette(self.look)
        self.learn.set_palette(self.look)
        self.files.opener.look = self.look
        self.action("dark").setChecked(name == "dark")

    def set_workspace(self, name: str) -> None:
        """Give the pass or the training most of the window, or a page of a lesson the left of it."""
        if name == "Learn":
            self.learn.made()
        if name != "Explore":
            self.lab.close()
        was, is_learning = self.places.workspace, name == "Learn"
        self.training.set_roomy(roomy=name == "Train")
        self.step_panel.set_corner(corner=name == "Train")
        self.places.show_workspace(name)
        for sheet in (self.chain_sheet, self.picture_sheet):
            sheet.lie_over(self.places.stage)
        self.top.show_workspace(name)
        if was != name:
            self.learn.take_writing() if is_learning else self.learn.give_writing_back()

    @property
    def sheets(self) -> "tuple[CoveringSheet, ...]":
        """What may lie over the drawing and the card."""
        lab = () if self.lab.sheet is None else (self.lab.sheet,)
        return self.chain_sheet, self.picture_sheet, *lab

    def complete(self) -> None:
        """Finish what the window otherwise does when it has time: pictures and formulas, for a picture of it."""
        self.training.pictures.finish()
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

    @Slot()
    def follow(self) -> None:
        """Draw the pass as it stands."""
        self.following.follow()

    # Events

    @Slot()
    def order_tabs(self) -> None:
        """Let Tab follow the eye, through what has been made since, too; no sooner than somebody presses it."""
        self._tabs_ordered = False

    def _order_tabs(self) -> None:
        pass_panels = (self.steps, self.network, *self.sheets, self.step_panel, self.transport)
        order_tabs((self.top, self.banner, self.places.page, *pass_panels, self.training))
        self._tabs_ordered = True

    @Slot()
    def take_keys(self) -> None:
        """Give the keys to the chain view where it is open, else to the steps, or to the drawing without them."""
        if self.chain_sheet.is_open:
            self.chain_sheet.take_keys()
        elif self.lab.sheet is not None and self.lab.is_open:
            self.lab.sheet.take_keys()
        elif self.places.workspace != "Explore":
            self.network.setFocus()
        else:
            self.steps.take_keys()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on by Tab, past what the sheet covers; from what has been hidden or disabled back to the steps."""
        if not self.is_furnished:
            return False
        if not self._tabs_ordered:
            self._order_tabs()
        if is_lost(QApplication.focusWidget()):
            self.take_keys()
            return True
        moved = super().focusNextPrevChild(forward)
        while moved and any(sheet.covers(QApplication.focusWidget()) for sheet in self.sheets):
            moved = super().focusNextPrevChild(forward)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play on Space where no button or field has taken it, and let Return press the button that has the keys.

        Overriding ``event`` would hold every painting up.
        """
        focused = QApplication.focusWidget()
        if event.key() in ENTER and isinstance(focused, QAbstractButton):
            focused.click()
        elif self.is_furnished and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.action("play").trigger()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome whatever lies on this computer: what cannot be opened is told why."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped, the first of several that can be opened."""
        self.files.open_dropped([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their shares of the height once it is known."""
        super().showEvent(event)
        if self.is_furnished and not event.spontaneous():
            self.take_places()

    def take_places(self) -> None:
        """Give the panels their shares of the height, and the drawing the keys."""
        self.set_workspace(self.places.workspace)
        self.network.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; what the first frame must not wait for begins after it."""
        super().paintEvent(event)
        if self.is_furnished:
            self.typesetter.begin()
        else:
            paint_outline(self, self.look)
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs, once: playing, training and its thread, listening; unless there is something to ask first."""
        if not self.may_close():
            event.ignore()
            return
        if self.is_furnished:
            self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        self.player.stop()
        self.motion.finish()
        self.typesetter.stop()
        self.files.shutdown()
        self.runs.shutdown()
        self.engine.shutdown()
        self.follow()
        self.step_panel.follow()
        self.training.follow()
        self.following.end()


def system_is_dark() -> bool:
    """Tell whether the desktop asks for dark windows."""
    return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

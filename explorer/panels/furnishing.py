"""Puts the panels into the window, which until then shows their outline: apart from it, for this loads all of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from explorer.bridge import TrainingEngine
from explorer.graph.motion import Motion
from explorer.graph.typeset import Typesetter
from explorer.graph.view import NetworkView
from explorer.panels.actions import make_actions, make_menu
from explorer.panels.answer_actions import AnswerActions
from explorer.panels.banner import Banner
from explorer.panels.covering_sheet import card_of
from explorer.panels.edit_actions import EditActions
from explorer.panels.file_actions import FileActions
from explorer.panels.following import Following
from explorer.panels.lab_actions import LabActions
from explorer.panels.layout import Panels, lay_out_at_once, place
from explorer.panels.learn_actions import LearnActions
from explorer.panels.main_window import MainWindow
from explorer.panels.notice_place import NoticePlace
from explorer.panels.pass_pager import PassPager
from explorer.panels.pictures.picture_sheet import PictureSheet
from explorer.panels.player import Player
from explorer.panels.reduced_motion import wants_less_motion
from explorer.panels.runs.run_actions import RunActions
from explorer.panels.step.chain_sheet import ChainSheet
from explorer.panels.step.step_panel import StepPanel
from explorer.panels.steps_view import StepsView
from explorer.panels.topbar import TopBar
from explorer.panels.training.training_panel import TrainingPanel
from explorer.panels.transport import Transport
from explorer.panels.wiring import wire
from explorer.session import Session


def furnish(window: MainWindow, session: Session, engine: TrainingEngine) -> None:
    """Make the panels, put them in their places and connect them; a visible window is painted anew once.

    Parameters
    ----------
    window
        Shows an outline, or nothing yet.
    session
        What the window shows and changes.
    engine
        Trains in its own thread; the window shuts it down when it closes.
    """
    window.session, window.engine = session, engine
    window.typesetter = Typesetter(window, waiting=True)
    window.actions_by_name = make_actions(window)
    window.files = FileActions(window, session, lambda: window.step_panel.entry.digits)
    window.motion = Motion(window, enabled=not wants_less_motion())
    window.player = Player(session, window.action("play"), window)
    make_panels(window)
    window.runs = RunActions(window, session, engine, window.training, window.actions_by_name)
    holder = place_panels(window)
    window.learn = LearnActions(window)
    window.edits = EditActions(session, window.actions_by_name)
    window.lab = LabActions(window, holder)
    window.set_look(window.look.name)  # before the panels are in a window that is shown, so that each is styled once
    window.setCentralWidget(holder)
    window.answers = AnswerActions(window)
    window.following = Following(window, session)
    wire(window)
    window.setAcceptDrops(True)
    window.is_furnished = True
    if window.isVisible():
        lay_out_at_once()
        window.take_places()


def make_panels(window: MainWindow) -> None:
    """Make what lies beside each other."""
    window.top = TopBar(window.actions_by_name, make_menu(window, window.actions_by_name))
    window.banner = Banner()
    window.pager = PassPager(window.actions_by_name)
    window.steps = StepsView(window.typesetter, window.pager)
    window.network = NetworkView(window.typesetter, motion=window.motion)
    window.transport = Transport(window.actions_by_name)
    window.step_panel = StepPanel(window.session, window.typesetter, window.motion)
    window.training = TrainingPanel(window.session, window.actions_by_name)


def place_panels(window: MainWindow) -> QWidget:
    """Put the panels in their places, and over them the sheets that cover some; return what holds them all."""
    panels = window.top, window.steps, window.network, window.transport, window.step_panel
    holder, window.places = place(Panels(*panels, window.training))
    covered = window.network, window.step_panel
    window.chain_sheet = ChainSheet(window.session, window.typesetter, covered, holder)
    window.chain_sheet.homeless.connect(window.take_keys)
    window.picture_sheet = PictureSheet(window.training.pictures, covered, holder)
    window.picture_sheet.homeless.connect(window.take_keys)
    window.notice_place = NoticePlace(window.banner, card_of(window.network), holder)
    for sheet in (window.chain_sheet, window.picture_sheet):
        sheet.opened.connect(window.banner.raise_)
    window.step_panel.grown.connect(window.order_tabs)
    window.chain_sheet.strip.grown.connect(window.order_tabs)
    holder.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside a field ends what is typed in it
    return holder

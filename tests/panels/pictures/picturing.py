"""The panel of pictures on the screen, its pictures made."""

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.pictures.pictures_panel import PicturesPanel
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import LIGHT, Palette
from explorer.session import Session, Settings, Subject


def session_of(name: str, hidden: tuple[int, ...] = (8,)) -> Session:
    settings = Settings(hidden, "tanh", 0.1, 16, 1)
    return Session(Subject.of_data(load_dataset(name), settings), settings)


def shown(qtbot: QtBot, session: Session, size: tuple[int, int] = (300, 260)) -> PicturesPanel:
    panel = PicturesPanel(session)
    qtbot.addWidget(panel)
    dress(panel, LIGHT)
    session.subscribe(panel.show_state)
    panel.resize(*size)
    panel.show()
    rested(qtbot, panel)
    return panel


def dress(panel: PicturesPanel, palette: Palette) -> None:
    panel.setStyleSheet(stylesheet(palette))
    panel.set_palette(palette)


def rested(qtbot: QtBot, panel: PicturesPanel) -> None:
    qtbot.waitUntil(lambda: not panel.slow.is_working(), timeout=5000)


def offered(panel: PicturesPanel) -> list[str]:
    return [str(panel.picker.itemData(row)) for row in range(panel.picker.count())]


def painted(panel: PicturesPanel) -> QImage:
    return panel.view.grab().toImage()

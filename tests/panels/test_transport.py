"""The transport: buttons and slider step the pass, and show where it stands."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from explorer.panels.actions import ACTIONS, make_actions
from explorer.panels.stylesheet import faint
from explorer.panels.theme import DARK, LIGHT, Palette
from explorer.panels.transport import Transport
from explorer.problems import load_problem
from explorer.session import Session, Settings, Subject


@pytest.fixture
def session() -> Session:
    problem = load_problem("net-s")
    return Session(Subject.of_problem("net-s", problem), Settings.of_problem(problem))


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(window: QMainWindow) -> dict[str, QAction]:
    return make_actions(window)


@pytest.fixture
def transport(window: QMainWindow, actions: dict[str, QAction], session: Session) -> Transport:
    made = Transport(actions)
    window.setCentralWidget(made)
    window.resize(600, 60)
    made.show_state(session.state)
    made.slider.valueChanged.connect(session.go_to)
    session.subscribe(lambda _old, new: made.show_state(new))
    window.show()
    return made


def test_every_public_action_has_its_name(actions: dict[str, QAction]) -> None:
    assert set(actions) == {row.name for row in ACTIONS}
    for name, action in actions.items():
        assert action.objectName() == name
        assert action.toolTip()


def test_no_two_actions_share_a_key(actions: dict[str, QAction]) -> None:
    keys = [key.toString() for action in actions.values() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_buttons_trigger_actions(transport: Transport, actions: dict[str, QAction], qtbot: QtBot) -> None:
    pressed: list[str] = []
    for name in ("first_step", "step_back", "step_forward", "last_step"):
        actions[name].triggered.connect(lambda _checked, name=name: pressed.append(name))
    for button in transport.findChildren(QToolButton):
        if button.defaultAction() is not actions["play"]:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["first_step", "step_back", "step_forward", "last_step"]


def test_a_click_on_the_slider_goes_there(transport: Transport, session: Session, qtbot: QtBot) -> None:
    slider = transport.slider
    middle = QPoint(slider.width() // 2, slider.height() // 2)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert session.state.position == slider.maximum() // 2


def test_dragging_the_slider_scrubs(transport: Transport, session: Session, qtbot: QtBot) -> None:
    slider = transport.slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, 14))
    qtbot.mouseMove(slider, QPoint(slider.width() - 10, 14))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 10, 14))
    assert session.state.position == slider.maximum()


def test_showing_a_state_does_not_command_it(transport: Transport, session: Session, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(transport.slider.valueChanged):
        session.go_to(5)
    assert transport.slider.value() == 5


def test_icons_follow_the_look(transport: Transport) -> None:
    transport.set_palette(LIGHT)
    light = transport.grab().toImage()
    transport.set_palette(DARK)
    assert transport.grab().toImage() != light


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_what_cannot_be_pressed_is_paler(transport: Transport, actions: dict[str, QAction], palette: Palette) -> None:
    transport.set_palette(palette)
    icon = actions["step_back"].icon()
    usable, disabled = (icon.pixmap(20, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    middle = usable.rect().center()
    assert usable.pixelColor(middle) == palette.colour("ink")
    assert disabled.pixelColor(middle) == QColor(faint(palette))

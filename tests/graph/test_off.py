"""A ReLU below zero looks off: struck through, named, explained; and nothing travels along its edges."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from explorer.graph.choosing import make_picture
from explorer.graph.describing import describe
from explorer.graph.places import UnitPlace
from explorer.session import Session
from explorer.tape import notation
from tests.graph.showing import Stage, shelf_session

LINE = "off: value 0, slope 0; nothing goes on, nothing comes back"


@pytest.fixture
def dead(look: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(shelf_session("dead-relu", "h1"))
    qtbot.addWidget(stage.view)
    yield stage
    stage.view.hide()


def off_units(session: Session) -> list[int]:
    h, z = (session.state.tape.value(name)[session.state.row] for name in ("h1", "z1"))
    assert ((h == 0) == (z <= 0)).all()
    return [k for k, value in enumerate(h) if value == 0]


def words(stage: Stage) -> list[str]:
    items = stage.view.network.items()
    return [item.text() for item in items if isinstance(item, QGraphicsSimpleTextItem)]


def test_a_unit_below_zero_is_off_from_its_value_on(dead: Stage) -> None:
    off = off_units(dead.session)
    assert off
    assert words(dead).count("off") == len(off)
    dead.go_to("J")
    assert words(dead).count("off") == len(off)
    dead.go_to("z1")
    assert words(dead).count("off") == 0


def test_the_mouse_says_what_off_means() -> None:
    session = shelf_session("dead-relu", "dJ/dz1")
    picture = make_picture(session.state, notation())
    off = off_units(session)
    for unit in range(picture.sizes[1]):
        assert (LINE in describe(picture, UnitPlace(1, unit))) is (unit in off)


def test_units_of_a_sigmoid_are_never_off() -> None:
    picture = make_picture(shelf_session("net-s", "dJ/dz1").state, notation())
    assert [shown.off for shown in picture.columns] == [None, None, None]

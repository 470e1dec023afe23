"""Values travel along the edges that a step uses, in its direction, and leave nothing behind."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsPathItem
from pytestqt.qtbot import QtBot

from explorer.graph.choosing import make_picture
from explorer.graph.flow import Flow, Way, flow_of
from explorer.graph.laying_out import lay_out
from explorer.graph.motion import Motion
from explorer.graph.pulses import MOST, directed, strokes, travellers
from explorer.session import Session
from explorer.tape import notation
from tests.graph.showing import HEIGHT, WIDTH, Stage, digits_session, random_session, shelf_session


@pytest.mark.parametrize(
    ("step", "flow"),
    [
        ("z1", Flow(1, Way.FORWARD)),
        ("h1", None),
        ("z2", Flow(2, Way.FORWARD)),
        ("p", None),
        ("J", Flow(3, Way.FORWARD)),
        ("dJ/dz2", Flow(3, Way.BACKWARD)),
        ("dJ/dW2", Flow(2, Way.MEETING)),
        ("dJ/dh1", Flow(2, Way.BACKWARD)),
        ("dJ/dz1", None),
        ("dJ/dW1", Flow(1, Way.MEETING)),
        ("dJ/dx", Flow(1, Way.BACKWARD)),
        ("W1+", None),
    ],
)
def test_numbers_go_where_the_step_takes_them(step: str, flow: Flow | None) -> None:
    tape = shelf_session("net-s").state.tape
    assert flow_of(tape, tape.steps[tape.index(step)]) == flow


def test_what_travels_is_value_times_weight() -> None:
    session = shelf_session("net-s", "z1")
    picture = make_picture(session.state, notation())
    _, values = travellers(lay_out((2, 2, 2), None, WIDTH, HEIGHT), picture, Flow(1, Way.FORWARD))
    x, W = session.state.tape.value("x")[0], session.state.tape.value("W1")
    assert values == pytest.approx((x[:, None] * W / np.abs(W).max()).ravel())


def test_from_a_unit_that_is_off_nothing_travels() -> None:
    session = shelf_session("dead-relu", "z2")
    picture = make_picture(session.state, notation())
    _, values = travellers(lay_out(picture.sizes, None, WIDTH, HEIGHT), picture, Flow(2, Way.FORWARD))
    off = session.state.tape.value("h1")[session.state.row] == 0
    assert (values.reshape(picture.sizes[1:])[off] == 0).all()


@pytest.mark.parametrize(("way", "start", "end"), [(Way.FORWARD, 0, 10), (Way.BACKWARD, 10, 0)])
def test_strokes_go_from_end_to_end(way: Way, start: float, end: float) -> None:
    ways = directed(np.array([[0.0, 0.0, 10.0, 0.0]]), way)
    assert strokes(ways, 0.0)[0, [0, 2]].tolist() == [start, start]
    assert strokes(ways, 1.0)[0, 2] == end


def test_factors_of_an_outer_product_meet() -> None:
    ways = directed(np.array([[0.0, 0.0, 10.0, 0.0]]), Way.MEETING)
    assert strokes(ways, 1.0)[:, 2].tolist() == [5, 5]
    assert strokes(ways, 0.0)[:, 0].tolist() == [0, 10]


class Moving(Stage):
    """A stage whose steps are animated."""

    def __init__(self, session: Session) -> None:
        self.motion = Motion()
        super().__init__(session, motion=self.motion)

    def strokes(self) -> int:
        items = [item for item in self.view.network.items() if isinstance(item, QGraphicsPathItem)]
        return sum(item.path().elementCount() // 2 for item in items if item.zValue() == 4)


def moves(stage: Moving) -> bool:
    return stage.motion.running


@pytest.fixture
def stages(look: QApplication, qtbot: QtBot) -> Iterator[list[Moving]]:
    made: list[Moving] = []
    yield made
    for stage in made:
        stage.motion.finish()
        stage.view.hide()


def test_a_step_forward_is_animated_and_then_clean(stages: list[Moving]) -> None:
    stage = Moving(shelf_session("net-s", 0))
    stages.append(stage)
    stage.go_to("J")
    assert not moves(stage)
    stage.session.go_to_step("z1")
    stage.show()
    assert not moves(stage)
    stage.session.go_to_step("h1")
    stage.show()
    stage.go_to("z2")
    assert moves(stage)
    stage.motion.clock.setCurrentTime(75)
    assert stage.strokes() == 4
    stage.motion.clock.setCurrentTime(150)
    assert stage.strokes() == 0
    assert not moves(stage)


def test_thousands_of_edges_send_their_strongest(stages: list[Moving]) -> None:
    stage = Moving(digits_session("h1"))
    stages.append(stage)
    stage.go_to("z2")
    stage.motion.clock.setCurrentTime(75)
    assert stage.strokes() == MOST


def test_twenty_fast_steps_leave_a_clean_picture(stages: list[Moving]) -> None:
    stage, still = Moving(shelf_session("net-s", 0)), Stage(shelf_session("net-s", 0))
    stages.append(stage)
    for _ in range(18):
        stage.session.go_to(stage.session.state.position + 1)
        stage.show()
    QTest.keyClick(stage.view, Qt.Key.Key_Shift)
    assert not moves(stage)
    assert stage.strokes() == 0
    still.session.go_to(stage.session.state.position)
    still.show()
    assert stage.view.viewport().grab().toImage() == still.view.viewport().grab().toImage()
    still.view.hide()


def test_another_network_in_the_middle_of_it_is_drawn_without(stages: list[Moving]) -> None:
    stage = Moving(shelf_session("net-s", "h1"))
    stages.append(stage)
    stage.go_to("z2")
    stage.session = random_session((3, 4, 2), "J")
    stage.show()
    stage.motion.clock.setCurrentTime(75)
    assert stage.strokes() == 0
    stage.motion.finish()
    assert stage.strokes() == 0

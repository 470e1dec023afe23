"""The drawing without a mouse and without eyes: every unit, edge and the loss is reached by key, and said in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph import view
from explorer.graph.keys import Walk
from explorer.graph.places import EdgePlace, LayerPlace, LossPlace, Place, UnitPlace
from tests.graph.showing import Stage, digits_session, shelf_session

UP, DOWN, LEFT, RIGHT, RETURN = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Return,
)
SIZES = (2, 3, 2)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def walked(start: Place | None, *keys: Qt.Key) -> list[Place | None]:
    walk, place, way = Walk(), start, []
    for key in keys:
        place = walk.next(place, key, SIZES)
        way.append(place)
    return way


def test_return_leads_to_the_edges_of_a_unit_and_along_one_to_its_other_end() -> None:
    way = walked(UnitPlace(1, 2), RETURN, DOWN, DOWN, DOWN, DOWN, RETURN)
    edges = [EdgePlace(1, 0, 2), EdgePlace(1, 1, 2), EdgePlace(2, 2, 0), EdgePlace(2, 2, 1), EdgePlace(2, 2, 1)]
    assert way == [*edges, UnitPlace(2, 1)]


def test_from_an_edge_the_arrows_lead_to_its_ends() -> None:
    assert walked(EdgePlace(2, 1, 0), LEFT) == [UnitPlace(1, 1)]
    assert walked(EdgePlace(2, 1, 0), RIGHT) == [UnitPlace(2, 0)]
    assert walked(EdgePlace(2, 1, 0), DOWN, UP, UP) == [EdgePlace(2, 2, 0), EdgePlace(2, 1, 0), EdgePlace(2, 0, 0)]


def test_beyond_the_outputs_lies_the_loss() -> None:
    assert walked(UnitPlace(2, 1), RIGHT, RIGHT, LEFT) == [LossPlace(), LossPlace(), UnitPlace(2, 0)]


def test_from_a_whole_array_the_keys_lead_into_it() -> None:
    assert walked(LayerPlace(1, edges=False), DOWN) == [UnitPlace(1, 0)]
    assert walked(LayerPlace(2, edges=True), DOWN) == [EdgePlace(2, 0, 0)]


def test_every_unit_and_edge_can_be_reached() -> None:
    walk, found = Walk(), set[Place]()
    for layer, size in enumerate(SIZES):
        for unit in range(size):
            place = walk.next(UnitPlace(layer, unit), RETURN, SIZES)
            while place is not None and place not in found:
                found.add(place)
                place = walk.next(place, DOWN, SIZES)
    assert found == {EdgePlace(k, i, j) for k in (1, 2) for i in range(SIZES[k - 1]) for j in range(SIZES[k])}


@pytest.fixture
def stage(look: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(shelf_session("net-s", "dJ/dz1"))
    qtbot.addWidget(made.view)
    made.view.cell_clicked.connect(made.session.select)
    made.session.subscribe(lambda _old, _new: made.show())
    made.view.activateWindow()
    qtbot.waitUntil(made.view.isActiveWindow)
    made.view.setFocus(Qt.FocusReason.TabFocusReason)
    yield made
    made.view.hide()


def press(stage: Stage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(stage.view, key, SHIFT if key in (LEFT, RIGHT) else Qt.KeyboardModifier.NoModifier)


def test_what_keys_have_reached_is_shown_said_and_announced(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(view, "announce", lambda _widget, sentence: heard.append(sentence))
    press(stage, DOWN, RIGHT)
    value = float(stage.session.state.tape.value("dJ/dz1")[0, 0])
    assert stage.view.hint.isVisible()
    assert stage.view.hint.text().startswith(f"∂J/∂z₁[1, 1] = +{value!r}\n")
    assert heard[-1].startswith("layer 1, unit 1 of 2, dJ by dz1 0.3556, dJ by dh 1.5133")
    assert stage.view.accessibleDescription().startswith(f"chosen: {heard[-1]}; ")
    press(stage, RETURN)
    assert heard[-1] == "edge from unit 1 of the input to unit 1 of layer 1, W1 1.0000"
    assert stage.session.state.selected == ("W1", (0, 0))
    press(stage, RETURN, RIGHT, RIGHT, RIGHT)
    assert heard[-1].startswith("the loss, J 1.4132")
    press(stage, Qt.Key.Key_Escape)
    assert not stage.view.hint.isVisible()
    assert not stage.view.accessibleDescription().startswith("chosen")


def test_leaving_the_drawing_hides_the_card_that_keys_brought_up(stage: Stage) -> None:
    press(stage, DOWN)
    assert stage.view.hint.isVisible()
    stage.view.clearFocus()
    assert not stage.view.hint.isVisible()


def test_a_negative_number_is_said_with_its_sign(stage: Stage) -> None:
    stage.session.select(("x", (0, 1)))
    assert "x minus 1.0000" in stage.view.accessibleDescription()


def test_the_drawing_says_what_it_shows(stage: Stage) -> None:
    assert stage.view.accessibleName() == "network 2-2-2: 2 inputs, 2 sigmoid units, 2 outputs"
    described = stage.view.accessibleDescription()
    assert described.startswith("the step writes dJ by dz1 at layer 1")
    stage.go_to("dJ/dW2")
    described = stage.view.accessibleDescription()
    assert "the step writes dJ by dW2 at the edges into the output layer" in described
    assert "the step reads h at layer 1 and dJ by dz2 at the output layer" in described


def test_of_an_image_the_pixels_are_named_and_nothing_is_said_while_it_trains(look: QApplication, qtbot: QtBot) -> None:
    stage = Stage(digits_session("J"))
    qtbot.addWidget(stage.view)
    assert "an image of 8 by 8 pixels, 32 sigmoid units, 10 outputs" in stage.view.accessibleName()
    stage.view.set_moving(True)
    before = stage.view.accessibleDescription()
    stage.go_to("dJ/dW1")
    assert stage.view.accessibleDescription() == before
    stage.view.set_moving(False)
    assert "the step writes dJ by dW1" in stage.view.accessibleDescription()
    stage.view.hide()


def test_what_keys_reach_is_brought_into_sight(stage: Stage) -> None:
    for _ in range(6):
        stage.view.zoom_in()
    press(stage, DOWN, RIGHT, RIGHT, DOWN)
    point = stage.view.mapFromScene(stage.unit(2, 1))
    assert stage.view.viewport().rect().contains(point)

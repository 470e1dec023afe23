"""The view as people use it: pixels, mouse, keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from explorer.session import Session
from tests.graph.showing import GROUND, Stage, digits_session, random_session, shelf_session


@pytest.fixture
def stages(look: QApplication, qtbot: QtBot) -> Iterator["Stages"]:
    made = Stages(qtbot)
    yield made
    for stage in made.stages:
        stage.view.hide()


class Stages:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.stages = qtbot, list[Stage]()

    def __call__(self, session: Session, look: str = "light") -> Stage:
        stage = Stage(session, look)
        self.qtbot.addWidget(stage.view)
        self.stages.append(stage)
        return stage


def texts(stage: Stage) -> list[str]:
    items = stage.view.network.items()
    return [item.text() for item in items if isinstance(item, QGraphicsSimpleTextItem) and item.text()]


def test_positive_is_blue_negative_is_orange_and_not_computed_is_hollow(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "dJ/dz2"))
    positive, negative = stage.off_centre(2, 0), stage.off_centre(2, 1)
    assert positive.blue() > positive.red() + 60
    assert negative.red() > negative.blue() + 60
    stage.go_to("z1")
    assert stage.off_centre(2, 0) == GROUND


def test_numbers_stand_in_the_units_and_change_with_the_step(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "dJ/dz1"))
    assert {"+0.3556", "+0.05958", "+0.7566", "−0.7566", "1.4132", "∂J/∂h +1.5133", "σ′ +0.2350"} <= set(texts(stage))
    stage.go_to("z1")
    assert {"0.5000", "−2.0000", "h not yet"} <= set(texts(stage))
    assert "+0.3556" not in texts(stage)


def test_written_has_a_ring_of_its_colour(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "dJ/dz1"))
    ring = stage.colour(stage.unit(1, 0) - QPointF(0, 38))
    assert (ring.red() - ring.green()) > 80
    stage.go_to("dJ/dx")
    assert stage.colour(stage.unit(2, 0) - QPointF(0, 38)) == GROUND


def test_the_mouse_says_name_and_exact_value(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "dJ/dz1"))
    with stages.qtbot.waitSignal(stage.view.cell_hovered) as heard:
        stage.point_at(stage.unit(1, 0))
    assert heard.args == [("dJ/dz1", (0, 0))]
    value = float(stage.session.state.tape.value("dJ/dz1")[0, 0])
    assert stage.view.hint.isVisible()
    assert stage.view.hint.text().startswith(f"∂J/∂z₁[1, 1] = +{value!r}\n")
    with stages.qtbot.waitSignal(stage.view.cell_hovered) as heard:
        stage.point_at(QPointF(12, 12))
    assert heard.args == [None]
    assert not stage.view.hint.isVisible()


def test_leaving_the_drawing_points_at_nothing(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "J"))
    stage.point_at(stage.unit(1, 0))
    assert stage.view.hint.isVisible()
    with stages.qtbot.waitSignal(stage.view.cell_hovered) as heard:
        QApplication.sendEvent(stage.view.viewport(), QEvent(QEvent.Type.Leave))
    assert heard.args == [None]
    assert not stage.view.hint.isVisible()


def test_an_edge_is_found_and_lit(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "z1"))
    line = stage.view.network.drawn.lines[1]
    spot = QPointF(*(0.75 * line[:2] + 0.25 * line[2:]).tolist())
    before = stage.colour(spot)
    with stages.qtbot.waitSignal(stage.view.cell_hovered) as heard:
        stage.point_at(spot)
    assert heard.args == [("W1", (0, 1))]
    assert stage.view.hint.text() == "W₁[1, 2] = −0.5"
    assert stage.colour(spot + QPointF(0, 3)) != before


def test_a_click_chooses_and_a_click_on_nothing_chooses_nothing(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "J"))
    for spot, cell in ((stage.unit(2, 1), ("p", (0, 1))), (QPointF(12, 12), None)):
        with stages.qtbot.waitSignal(stage.view.cell_clicked) as heard:
            stage.click(spot)
        assert heard.args == [cell]


def test_a_cell_hovered_elsewhere_lights_the_unit_and_all_its_edges(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "J"))
    spot = stage.unit(1, 0) - QPointF(0, 35.5)
    assert stage.colour(spot) == GROUND
    stage.session.hover(("dJ/dz1", (0, 0)))
    stage.show()
    assert stage.colour(spot) != GROUND
    stage.session.hover(None)
    stage.show()
    assert stage.colour(spot) == GROUND


def test_a_pixel_and_its_cell_in_the_strip_are_lit_together(stages: Stages) -> None:
    stage = stages(digits_session("J"))
    column = stage.view.network.layout.columns[0]
    assert column.image is not None
    cell_side = QPointF(column.x - column.half_width - 1.5, float(column.y[0]))
    before = stage.colour(cell_side)
    with stages.qtbot.waitSignal(stage.view.cell_hovered) as heard:
        stage.point_at(QPointF(column.image.left + 3, column.image.top + 3))
    assert heard.args == [("x", (0, 0))]
    assert stage.colour(cell_side) != before


def test_folded_layers_say_how_many_units_are_not_drawn(stages: Stages) -> None:
    stage = stages(random_session((512, 16, 3), "J"))
    assert "488 more" in texts(stage)
    assert stage.view.network.remark == "432 of 8,240 edges, others folded"


def test_items_are_kept_while_only_values_change(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "J"))
    before = set(map(id, stage.view.network.items()))
    stage.go_to("dJ/dz1")
    assert set(map(id, stage.view.network.items())) == before


def test_keys_zoom_and_fit(stages: Stages) -> None:
    view = stages(shelf_session("net-s")).view
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.8)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0
    assert view.mapToScene(QPoint(0, 0)) == QPointF(0, 0)


def test_dragging_pans_and_is_no_click(stages: Stages) -> None:
    view = stages(shelf_session("net-s")).view
    with stages.qtbot.assertNotEmitted(view.cell_clicked):
        Stage.drag(stages.stages[0], QPoint(300, 300), QPoint(340, 280))
    assert view.mapToScene(QPoint(0, 0)) == QPointF(-40, 20)


def test_it_fits_again_when_resized_until_somebody_zooms(stages: Stages) -> None:
    view = stages(shelf_session("net-s")).view
    view.resize(900, 600)
    assert view.network.layout.width == view.viewport().width()
    view.zoom_in()
    fitted = view.network.layout
    view.resize(700, 500)
    assert view.network.layout is fitted


@pytest.mark.parametrize("other", ["mazur", "xor"], ids=["other numbers", "other units"])
def test_another_problem_is_seen_whole_and_the_same_one_where_it_was_put(other: str, stages: Stages) -> None:
    stage = stages(shelf_session("net-s"))
    view = stage.view
    Stage.drag(stage, QPoint(300, 300), QPoint(340, 280))
    view.zoom_in()
    here = view.mapToScene(QPoint(0, 0))
    stage.go_to("dJ/dz1")
    assert (view.mapToScene(QPoint(0, 0)), view.zoom) == (here, 1.25)
    stage.session = shelf_session(other)
    stage.show()
    assert (view.mapToScene(QPoint(0, 0)), view.zoom) == (QPointF(0, 0), 1)


def test_shift_and_arrows_choose_units(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "J"))
    stage.view.cell_clicked.connect(stage.session.select)
    moves = ((Qt.Key.Key_Right, ("x", (0, 0))), (Qt.Key.Key_Right, ("h1", (0, 0))), (Qt.Key.Key_Down, ("h1", (0, 1))))
    for key, cell in moves:
        QTest.keyClick(stage.view, key, Qt.KeyboardModifier.ShiftModifier)
        stage.show()
        assert stage.session.state.selected == cell
    QTest.keyClick(stage.view, Qt.Key.Key_Escape)
    assert stage.session.state.selected is None


def test_only_the_keyboard_shows_the_focus(stages: Stages) -> None:
    view = stages(shelf_session("net-s")).view
    ring = view.findChild(QFrame, "focus_ring")
    assert ring is not None
    view.activateWindow()
    stages.qtbot.waitUntil(view.isActiveWindow)
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()


def test_another_architecture_and_look_are_drawn_anew(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "J"), "dark")
    assert stage.colour(QPointF(12, 12)).name() == "#1d2026"
    stage.session = random_session((3, 20, 4), "J")
    stage.show()
    assert len(stage.view.network.layout.columns[1].units) == 20


@pytest.mark.parametrize("notches", [1, -1, 3])
def test_the_wheel_keeps_what_is_under_the_mouse(stages: Stages, notches: int) -> None:
    view = stages(shelf_session("net-s", "dJ/dz1")).view
    mouse = QPointF(200, 150)
    kept = view.mapToScene(mouse.toPoint())
    wheel = QWheelEvent(
        mouse,
        view.viewport().mapToGlobal(mouse),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.zoom == pytest.approx(1.25**notches)
    assert (view.mapFromScene(kept) - mouse.toPoint()).manhattanLength() <= 2


def test_up_and_down_alone_choose_a_unit(stages: Stages) -> None:
    stage = stages(shelf_session("net-s", "dJ/dz1"))
    with stages.qtbot.waitSignal(stage.view.cell_clicked) as chosen:
        QTest.keyClick(stage.view, Qt.Key.Key_Down)
    assert chosen.args is not None
    assert chosen.args[0] is not None


@pytest.mark.parametrize("pointed", [True, False])
def test_what_was_lit_is_gone_with_its_network(stages: Stages, *, pointed: bool) -> None:
    stage = stages(random_session((3, 20, 4), "J"))
    if pointed:
        stage.point_at(stage.unit(1, 19))
    else:
        stage.session.select(("h1", (0, 19)))
        stage.show()
    stage.session = shelf_session("net-s", "J")
    stage.show()
    assert len(stage.view.network.layout.columns[1].units) == 2

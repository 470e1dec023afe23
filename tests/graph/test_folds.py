"""Wide layers: folded with their count, unfolded on request by mouse and key, and lit in full either way."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QGraphicsRectItem, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from explorer.graph.choosing import make_picture
from explorer.graph.geometry import Kind
from explorer.graph.highlight import edges_of
from explorer.graph.hits import place_at
from explorer.graph.laying_out import lay_out
from explorer.graph.places import EdgePlace, FoldPlace, UnitPlace
from explorer.graph.wires import all_wires
from explorer.tape import notation
from tests.graph.showing import Stage, random_session

SIZES = (512, 300, 3)


@pytest.fixture
def wide(look: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(random_session(SIZES, "J"))
    qtbot.addWidget(stage.view)
    yield stage
    stage.view.hide()


def mark(stage: Stage, layer: int) -> QPointF:
    column = stage.view.network.layout.columns[layer]
    assert column.fold is not None
    return QPointF(column.x, column.fold)


def words(stage: Stage) -> set[str]:
    return {item.text() for item in stage.view.network.items() if isinstance(item, QGraphicsSimpleTextItem)}


def test_a_click_on_the_count_unfolds_and_another_folds(wide: Stage) -> None:
    assert {"488 more", "276 more"} <= words(wide)
    wide.click(mark(wide, 1))
    columns = wide.view.network.layout.columns
    assert columns[1].kind is Kind.STRIP
    assert columns[1].units.tolist() == list(range(300))
    assert columns[0].folded == 488
    assert {"488 more", "all 300 ⌃"} <= words(wide)
    wide.click(mark(wide, 1))
    assert wide.view.network.layout.columns[1].folded == 276


def test_the_mouse_says_what_a_fold_holds(wide: Stage, qtbot: QtBot) -> None:
    wide.point_at(mark(wide, 0))
    assert wide.view.hint.text() == "488 of 512 units are folded\nclick or U: show all"
    wide.click(mark(wide, 0))
    assert not wide.view.hint.isVisible()
    wide.point_at(QPointF(5, 5))
    wide.point_at(mark(wide, 0))
    assert wide.view.hint.text() == "all 512 units are shown\nclick or U: fold them"


def test_the_key_unfolds_all_or_the_chosen_units_layer(wide: Stage) -> None:
    network = wide.view.network
    wide.view.toggle_fold()
    assert network.unfolded == {0, 1}
    wide.view.toggle_fold()
    assert network.unfolded == frozenset()
    wide.session.select(("h1", (0, 5)))
    wide.show()
    wide.view.toggle_fold()
    assert network.unfolded == {1}
    wide.view.toggle_fold()
    assert network.unfolded == frozenset()


def test_unfolded_units_lie_inside_and_apart_above_the_words() -> None:
    column = lay_out(SIZES, None, 700, 540, frozenset({0})).columns[0]
    assert (np.diff(column.y) >= 2 * column.half_height - 1e-9).all()
    assert column.fold is not None
    assert column.box.top + column.box.height < column.fold < 540


def test_small_layers_have_nothing_to_unfold() -> None:
    folded, unfolded = (lay_out((2, 3, 2), None, 700, 540, layers) for layers in (frozenset[int](), frozenset({1})))
    assert unfolded.columns[1].kind is folded.columns[1].kind is Kind.NUMBERS
    assert unfolded.columns[1].fold is None


def test_folded_units_lie_in_their_gap() -> None:
    column = lay_out(SIZES, None, 700, 540).columns[0]
    heights = column.heights
    assert heights[column.units].tolist() == column.y.tolist()
    assert (np.diff(heights) > 0).all()


@pytest.mark.parametrize("unfolded", [frozenset[int](), frozenset({0, 1})])
@pytest.mark.parametrize("unit", [0, 150, 299])
def test_a_unit_has_all_of_its_own_edges(unfolded: frozenset[int], unit: int) -> None:
    session = random_session(SIZES, "J")
    picture = make_picture(session.state, notation())
    lines, shares = edges_of(lay_out(SIZES, None, 700, 540, unfolded), picture, UnitPlace(1, unit))
    W1, W2 = (session.state.tape.value(name) for name in ("W1", "W2"))
    expected = [*(W1[:, unit] / np.abs(W1).max()), *(W2[unit] / np.abs(W2).max())]
    assert lines.shape == (515, 4)
    assert shares == pytest.approx(expected)


def test_edges_of_folded_units_are_lit_one_by_one() -> None:
    picture = make_picture(random_session(SIZES, "J").state, notation())
    lines, shares = edges_of(lay_out(SIZES, None, 700, 540), picture, EdgePlace(1, 200, 150))
    assert lines.shape == (1, 4)
    assert shares.shape == (1,)


def test_the_edges_of_others_are_dim_while_a_unit_is_chosen(wide: Stage) -> None:
    veils = [item for item in wide.view.network.items() if isinstance(item, QGraphicsRectItem)]
    assert [item.isVisible() for item in veils] == [False]
    wide.session.select(("h1", (0, 5)))
    wide.show()
    assert [item.isVisible() for item in veils] == [True]
    wide.session.select(None)
    wide.show()
    assert [item.isVisible() for item in veils] == [False]


def test_folds_are_found_under_the_mouse() -> None:
    layout = lay_out(SIZES, None, 700, 540)
    column = layout.columns[1]
    assert column.fold is not None
    assert place_at(layout, all_wires(layout), column.x + 20, column.fold, zoom=1) == FoldPlace(1)

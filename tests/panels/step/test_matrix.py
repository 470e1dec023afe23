"""A matrix as a widget: what it paints, what it says of a cell, how it is pointed at and clicked."""

from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block
from explorer.panels.step.chain_sizes import heat
from explorer.panels.step.heat import extreme_at, extremes, is_mask, shares
from explorer.panels.step.matrix import MatrixView
from explorer.panels.step.matrix_frame import LEVELS, MOST_ROWS, frame_of
from explorer.panels.step.matrix_paint import rectangles
from explorer.panels.theme import number_font
from tests.panels.step.stepping import block, pixel

SMALL = np.array([[1.0, -0.5], [0.5, -2.0]])


@pytest.fixture
def typesetter(look: QApplication) -> Iterator[Typesetter]:
    made = Typesetter()
    yield made
    made.finish()


@pytest.fixture
def view(typesetter: Typesetter, qtbot: QtBot) -> MatrixView:
    made = MatrixView(typesetter, block(SMALL, "read"))
    qtbot.addWidget(made)
    made.fit_to(380)
    made.show()
    return made


def corner_of(view: MatrixView, index: tuple[int, ...]) -> QPoint:
    """Return a point inside a cell, away from its number."""
    return view.centre_of(index).toPoint() + QPoint(0, -8)


def test_sign_is_colour(view: MatrixView) -> None:
    positive, negative = pixel(view, corner_of(view, (0, 0))), pixel(view, corner_of(view, (1, 1)))
    assert positive.blue() > positive.red() + 30
    assert negative.red() > negative.blue() + 30


def test_what_is_not_computed_is_hollow(typesetter: Typesetter, qtbot: QtBot) -> None:
    view = MatrixView(typesetter, Block("dJ/dz1", "z", None, (1, 2)))
    qtbot.addWidget(view)
    view.fit_to(380)
    ground = pixel(view, QPoint(1, 1))
    assert pixel(view, corner_of(view, (0, 0))) == ground
    assert view.text_of((0, 0)) == "∂J/∂z1[1, 1]: not computed yet"
    assert "not computed yet" in view.accessibleName()


@pytest.mark.parametrize("level", LEVELS)
def test_the_longest_number_fits_its_cell(look: QApplication, level: object) -> None:
    assert level in LEVELS
    for known in LEVELS:
        text = "−" + "8." + "8" * known.digits
        assert QFontMetricsF(number_font(known.font)).horizontalAdvance(text) <= known.width


def test_small_arrays_have_numbers_and_large_ones_are_pictures() -> None:
    assert frame_of(block(SMALL), 380).level is not None
    assert frame_of(block(np.zeros((1, 10))), 380).level is not None
    assert frame_of(block(np.zeros((MOST_ROWS + 1, 2))), 380).level is None
    assert frame_of(block(np.zeros((64, 32))), 380).block == (1, 1)


@pytest.mark.parametrize("shape", [(), (3,), (2, 2), (1, 64), (64, 32), (784, 128), (1437, 64), (5, 4096)])
def test_never_wider_than_allotted(shape: tuple[int, ...]) -> None:
    frame = frame_of(block(np.zeros(shape)), 380)
    assert frame.total_width <= 380
    assert frame.total_height <= 260


def test_a_pixel_keeps_the_extreme_and_says_what_it_is(typesetter: Typesetter, qtbot: QtBot) -> None:
    values = np.full((784, 128), 0.01)
    values[13, 5] = -3.0
    view = MatrixView(typesetter, block(values))
    qtbot.addWidget(view)
    view.fit_to(380)
    assert view.frame.block == (6, 1)
    assert view.note() == "each pixel is 6×1 entries"
    assert view.text_of((13, 5)).startswith("W1[14, 6] = −3.0")
    assert view.cell_at(view.centre_of((12, 5))) == (13, 5)


def test_of_a_mask_a_pixel_is_the_share_of_ones(typesetter: Typesetter, qtbot: QtBot) -> None:
    mask = np.zeros((3, 512))
    mask[:, ::3] = 1
    assert is_mask(mask)
    assert not is_mask(np.ones((3, 512)))
    assert shares(mask, (2, 100)).shape == (2, 6)
    np.testing.assert_allclose(shares(mask, (3, 6)), 1 / 3, atol=0.17)
    view = MatrixView(typesetter, replace(block(mask, "read", "dh1/dz1"), struck=mask == 0))
    qtbot.addWidget(view)
    view.set_frame(heat(view.block, 1, 6))
    assert view.note() == "1×6: share of 1s"
    assert view.text_of((0, 0)).endswith("2 of these 6 are 1, the others 0")
    open_gates = MatrixView(typesetter, block(np.ones((3, 512)), "read", "dh1/dz1"))
    qtbot.addWidget(open_gates)
    open_gates.set_frame(heat(view.block, 1, 6))
    middle = view.cells_area().center().toPoint()
    assert pixel(view, middle).red() > pixel(open_gates, middle).red() + 30


def test_extremes_keep_sign_and_size() -> None:
    values = np.array([[1.0, -4.0, 2.0], [3.0, 0.0, -1.0], [0.5, 0.0, 7.0]])
    assert extremes(values, (2, 2)).tolist() == [[-4.0, 2.0], [0.5, 7.0]]
    assert extreme_at(values, (2, 2), (0, 0)) == (0, 1)


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # a tooltip, offscreen
def test_pointing_names_the_cell(view: MatrixView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.cell_hovered) as heard:
        qtbot.mouseMove(view, view.centre_of((0, 1)).toPoint())
    assert heard.args == [("W1", (0, 1))]
    with qtbot.waitSignal(view.cell_hovered) as heard:
        qtbot.mouseMove(view, QPoint(1, 1))
    assert heard.args == [None]


def test_clicking_chooses_and_arrows_move_the_choice(view: MatrixView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.cell_clicked) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.centre_of((0, 0)).toPoint())
    assert heard.args == [("W1", (0, 0))]
    with qtbot.waitSignal(view.cell_clicked) as heard:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert heard.args == [("W1", (1, 0))]
    with qtbot.assertNotEmitted(view.cell_clicked):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleDescription() == "row 2 column 1 of W1: 0.5000"


def test_a_transposed_matrix_speaks_of_the_tape(typesetter: Typesetter, qtbot: QtBot) -> None:
    view = MatrixView(typesetter, Block("h1", "h", np.array([[1.0], [2.0]]), (2, 1), transposed=True))
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.cell_clicked) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.centre_of((0, 1)).toPoint())
    assert heard.args == [("h1", (0, 1))]


def test_highlight_paints_an_outline(view: MatrixView) -> None:
    before = view.grab().toImage()
    view.highlight([(0, 0), (0, 1)])
    assert view.highlighted == {(0, 0), (0, 1)}
    assert view.grab().toImage() != before
    view.highlight([])
    assert view.grab().toImage() == before


def test_rows_are_outlined_as_one() -> None:
    assert rectangles(frozenset({(1, 0), (1, 1), (1, 2)})) == [((1, 0), (1, 2))]
    assert rectangles(frozenset({(0, 0), (1, 1)})) == [((0, 0), (0, 0)), ((1, 1), (1, 1))]
    assert rectangles(frozenset()) == []


def test_read_and_written_look_different(typesetter: Typesetter, qtbot: QtBot) -> None:
    pictures = []
    for role in ("plain", "read", "written"):
        view = MatrixView(typesetter, block(SMALL, role))
        qtbot.addWidget(view)
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]

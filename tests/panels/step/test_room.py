"""Room on the card: at the window's usual size nothing of the small problems is below the fold, and nothing jumps."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.layout import lay_out_at_once
from explorer.panels.step.arrangements import Arranger, arranged
from explorer.panels.step.equation_sizes import fitted
from explorer.panels.step.pictures import pictured
from explorer.panels.step.step_panel import StepPanel
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import LIGHT, load_fonts
from explorer.problems import shelf_names
from explorer.session import shown_problem
from tests.panels.step.stepping import block, equation_at, random_problem, session_of

USUAL, SMALLEST = (395, 522), (348, 402)
"""The card in a window of 1280 by 800, and of 1160 by 680."""


@pytest.fixture
def typesetter(look: QApplication) -> Iterator[Typesetter]:
    load_fonts()
    made = Typesetter()
    yield made
    made.finish()


def bottom_of(panel: StepPanel, widget: QWidget) -> int:
    """Return where the lower edge of a widget is on the card."""
    return widget.mapTo(panel, QPoint(0, widget.height())).y()


@pytest.mark.parametrize("size", [USUAL, SMALLEST])
@pytest.mark.parametrize("name", shelf_names())
def test_the_numbers_are_above_the_fold(typesetter: Typesetter, qtbot: QtBot, name: str, size: tuple[int, int]) -> None:
    session = session_of(name)
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(*size)
    panel.show()
    for step in session.state.tape.steps:
        session.go_to_step(step.id)
        lay_out_at_once()
        line = panel.entry.line
        assert line.visibleRegion().boundingRect().size() == line.size(), step.id


@pytest.mark.parametrize("step", ["z1", "z2", "dJ/dz1", "dJ/dW1", "dJ/dx", "dJ/dz2", "W1+", "b1+", "W2+"])
def test_matrices_of_a_small_net_of_data_are_in_sight(typesetter: Typesetter, qtbot: QtBot, step: str) -> None:
    session = session_of(random_problem((4, 8, 3)))
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(*USUAL)
    panel.show()
    session.go_to_step(step)
    lay_out_at_once()
    for view in panel.equation.views:
        assert view.digits is not None
        assert view.visibleRegion().boundingRect().size() == view.size(), view.block.name


@pytest.mark.parametrize("size", [USUAL, SMALLEST])
def test_the_loss_after_the_update_is_in_sight_with_all_that_it_is_of(
    typesetter: Typesetter, qtbot: QtBot, size: tuple[int, int]
) -> None:
    session = session_of(random_problem((4, 8, 3)))
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(*size)
    panel.show()
    session.go_to_step("J+")
    lay_out_at_once()
    assert panel.scrolled_length == 0
    assert panel.equation.views[-1].digits is not None
    for view in panel.equation.views:
        assert view.visibleRegion().boundingRect().size() == view.size(), view.block.name


@pytest.mark.parametrize("height", [390, 522])
def test_a_line_of_many_digits_leaves_the_matrices_in_sight(typesetter: Typesetter, qtbot: QtBot, height: int) -> None:
    session = session_of(random_problem((8, 8, 8)))
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(395, height)
    panel.show()
    for digits in (17, 15):
        panel.entry.set_digits(digits)
        lay_out_at_once()
        assert panel.entry.line_height <= height / 5
        assert panel.entry.mapTo(panel, QPoint()).y() - panel.equation.mapTo(panel, QPoint()).y() >= 60


@pytest.mark.parametrize("name", ["net-s", "mazur", "dead-relu"])
def test_the_picture_is_above_the_fold_and_nothing_jumps(typesetter: Typesetter, qtbot: QtBot, name: str) -> None:
    session = session_of(name)
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(*USUAL)
    panel.show()
    tops = set()
    for step in session.state.tape.steps:
        session.go_to_step(step.id)
        for _ in range(3):
            QApplication.processEvents()
            panel.grab()
            typesetter.finish()
        assert bottom_of(panel, panel.equation) <= panel.entry.mapTo(panel, QPoint()).y(), step.id
        tops.add(panel.formula.mapTo(panel, QPoint()).y())
    assert len(tops) == 1


def test_heat_maps_grow_into_the_room_and_shrink() -> None:
    blocks = (block(np.zeros((1, 64)), name="x"), block(np.zeros((64, 32))), block(np.zeros((1, 32)), name="z1"))
    small, large = (fitted(blocks, (0, 18, 18), 640, height, 4)[0][1].height for height in (180, 400))
    assert small < large <= 400


def test_numbers_beside_heat_maps_give_way_before_the_result_does() -> None:
    blocks = (block(np.zeros((1, 10)), name="x"), block(np.zeros((10, 5))), block(np.zeros((1, 5)), name="z1"))
    frames, _ = fitted(blocks, (0, 18, 18), 360, 190, 4)
    assert [frame.level is None for frame in frames] == [True, True, False]


@pytest.mark.parametrize("samples", [1, 5, 32])
@pytest.mark.parametrize("sizes", [(64, 32, 10), (10, 5, 10), (784, 512, 10)])
def test_a_large_picture_is_above_the_fold(
    typesetter: Typesetter, qtbot: QtBot, sizes: tuple[int, ...], samples: int
) -> None:
    session = session_of(random_problem(sizes, samples))
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(*USUAL)
    panel.show()

    for step in session.state.tape.steps:
        session.go_to_step(step.id)
        typesetter.finish()
        lay_out_at_once()
        written = None not in panel.equation.digits
        assert written or bottom_of(panel, panel.equation) <= panel.entry.mapTo(panel, QPoint()).y(), step.id


def test_numbers_are_written_where_there_is_room_for_all_of_them() -> None:
    blocks = (block(np.zeros((1, 10)), name="x"), block(np.zeros((10, 5))), block(np.zeros((1, 5)), name="z1"))
    for digits, height, written in ((4, 600, True), (4, 190, False), (17, 190, False), (17, 1200, True)):
        frames, placed = fitted(blocks, (0, 18, 18), 560, height, digits)
        assert all(frame.level for frame in frames) is written
        assert placed.height <= height


def test_rows_are_lowered_before_digits_are_dropped() -> None:
    blocks = tuple(block(np.zeros((3, 3))) for _ in range(4))
    tall, low = (fitted(blocks, (0, 18, 18, 18), 360, height, 4)[0][1] for height in (230, 190))
    assert tall.level is not None
    assert low.level is not None
    assert low.level.height < tall.level.height
    assert low.level.digits == tall.level.digits


@pytest.mark.parametrize("height", [60, 100, 180])
def test_heat_maps_are_as_low_as_the_room(height: int) -> None:
    """Entries become lower, then narrower, then share pixels, which is said where there is room to say it."""
    blocks = tuple(block(np.zeros(shape)) for shape in ((1, 784), (784, 512), (512,), (1, 512)))
    frames, placed = fitted(blocks, (0, 18, 18, 18), 360, height, 4)
    assert placed.height <= max(height, 92)
    assert all(frame.level is None for frame in frames)
    assert frames[1].downsampled


def test_an_arrangement_is_remembered_and_stands_as_it_would_anew() -> None:
    arranger = Arranger()
    session = session_of("mazur")
    for digits, width, height in ((4, 360, 186), (2, 360, 186), (17, 360, 186), (4, 600, 186), (4, 360, 400)):
        for step in session.state.tape.steps:
            equation = equation_at(session, step.id)
            signs = [18.0] * len(equation.blocks)
            anew = arranged(equation, signs, width, digits, height)
            assert arranger(equation, signs, width, digits, height) == anew
            again = arranger(equation, signs, width, digits, height)
            assert again == anew
            assert digits > 4 or again[0] is arranger(equation, signs, width, digits, height)[0]


@pytest.mark.parametrize("step", ["z1", "z2", "p", "J", "dJ/dz2", "dJ/dz1", "dJ/dx", "b1+"])
def test_a_batch_of_five_is_above_the_fold(typesetter: Typesetter, qtbot: QtBot, step: str) -> None:
    """Its numbers can be read, in rows as low and cells as narrow as need be."""
    session = session_of(random_problem((2, 3, 2), 5), step)
    panel = StepPanel(session, typesetter)
    qtbot.addWidget(panel)
    panel.setStyleSheet(stylesheet(LIGHT))
    panel.resize(*USUAL)
    panel.show()
    for _ in range(2):
        typesetter.finish()
        lay_out_at_once()
    session.go_to_step("J+")
    session.go_to_step(step)
    lay_out_at_once()
    assert None not in panel.equation.digits
    assert bottom_of(panel, panel.equation) <= panel.entry.mapTo(panel, QPoint()).y()


@pytest.mark.parametrize("step", ["z2", "dJ/dx"])
@pytest.mark.parametrize("width", [300, 363, 500])
def test_beside_a_tall_matrix_nothing_overlaps(step: str, width: int) -> None:
    session = session_of(random_problem((4, 8, 3)))
    plain = equation_at(session, step)
    state = session.state
    equation = pictured(plain, state.step, state.tape, shown_problem(state))
    signs = [0.0, *(14.0 for _ in equation.blocks[1:])]
    frames, placed = arranged(equation, signs, width, 4, 130)
    boxes = [
        QRectF(spot.left, spot.top, frame.total_width, frame.total_height)
        for frame, spot in zip(frames, placed.spots, strict=True)
    ]
    whole = QRectF(0, 0, width, placed.height)
    assert all(whole.contains(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    lowest = fitted(equation.blocks, signs, width, 130, 4)[1].height
    assert placed.height <= lowest
    assert width != 363 or placed.height < lowest - 40

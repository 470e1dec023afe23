"""A step as blocks: operands as the formula has them, conforming shapes, lines that fit."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.step.equation import EquationView
from explorer.panels.step.equation_sizes import fitted
from tests.panels.step.stepping import block, equation_at, random_problem, session_of


@pytest.fixture
def view(look: QApplication, qtbot: QtBot) -> Iterator[EquationView]:
    typesetter = Typesetter()
    made = EquationView(typesetter)
    qtbot.addWidget(made)
    made.resize(374, 200)
    made.show()
    yield made
    typesetter.finish()


def test_the_gate_is_an_elementwise_product() -> None:
    equation = equation_at(session_of("net-s"), "dJ/dz1")
    assert [block.name for block in equation.blocks] == ["dJ/dh1", "dh1/dz1", "dJ/dz1"]
    assert [join.text for join in equation.joins] == ["", "⊙", "="]
    assert [block.role for block in equation.blocks] == ["read", "read", "written"]
    assert equation.blocks[1].latex == r"\sigma'(z_1)"


def test_a_weight_gradient_shows_the_transpose() -> None:
    session = session_of(random_problem((2, 3, 4), samples=5))
    left, right, result = equation_at(session, "dJ/dW2").blocks
    assert (left.shape, right.shape, result.shape) == ((3, 5), (5, 4), (3, 4))
    assert left.latex == r"h^\top"
    assert left.value is not None
    assert np.array_equal(left.value, session.state.tape["h1"].value.T)
    assert (left.inner, right.inner, result.inner) == (1, 0, None)
    assert left.index(2, 4) == (4, 2)
    assert left.position((4, 2)) == (2, 4)


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 4, 5, 2), (64, 32, 10)])
def test_inner_numbers_agree_in_every_product(sizes: tuple[int, ...]) -> None:
    session = session_of(random_problem(sizes, samples=3))
    for step in session.state.tape.steps:
        marked = [block for block in equation_at(session, step.id).blocks if block.inner is not None]
        assert len({block.shape[block.inner or 0] for block in marked}) <= 1


def test_a_share_of_the_samples_is_written() -> None:
    equation = equation_at(session_of(random_problem((2, 2), samples=5)), "dJ/dz1")
    assert [join.text for join in equation.joins] == ["1/5 (", "−", ") ="]


@pytest.mark.parametrize("problem", ["net-s", "mazur", "dead-relu", "xor", "homework-10-5-10"])
def test_every_step_fits_its_width(view: EquationView, problem: str) -> None:
    session = session_of(problem)
    for step in session.state.tape.steps:
        view.set_equation(equation_at(session, step.id))
        assert len(view.views) == len(step.operands) + 1
        for matrix in view.views:
            assert matrix.x() >= 0
            assert matrix.geometry().right() < view.width(), (problem, step.id)
            assert matrix.geometry().bottom() < view.height()


def test_matrices_do_not_overlap(view: EquationView) -> None:
    session = session_of(random_problem((64, 32, 10)))
    for step in session.state.tape.steps:
        view.set_equation(equation_at(session, step.id))
        places = [matrix.geometry() for matrix in view.views]
        assert not any(a.intersects(b) for k, a in enumerate(places) for b in places[k + 1 :]), step.id


def test_the_gate_of_net_s_stands_on_one_line(view: EquationView) -> None:
    view.set_equation(equation_at(session_of("net-s"), "dJ/dz1"))
    assert len({matrix.y() for matrix in view.views}) == 1


def test_other_numbers_keep_the_widgets(view: EquationView) -> None:
    session = session_of("net-s")
    view.set_equation(equation_at(session, "z1"))
    before = view.views
    session.configure(session.state.settings)
    other = session_of(session.state.subject.problem.with_network(session.state.network.copy()))
    view.set_equation(equation_at(other, "z1"))
    assert view.views is before


def test_lights_cells_by_name(view: EquationView, qtbot: QtBot) -> None:
    view.set_equation(equation_at(session_of("net-s"), "dJ/dh1"))
    view.highlight([("dJ/dz2", (0, 0)), ("dz2/dh1", (1, 0)), ("W1", (0, 0))])
    assert [matrix.highlighted for matrix in view.views] == [{(0, 0)}, {(1, 0)}, frozenset()]
    matrix = view.views[1]
    with qtbot.waitSignal(view.cell_clicked) as heard:
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.centre_of((1, 1)).toPoint())
    assert heard.args == [("dz2/dh1", (1, 1))]


def test_a_card_with_much_room_has_larger_numbers() -> None:
    blocks = (block(np.ones((1, 2))), block(np.ones((2, 2))), block(np.ones((1, 2))))
    signs = (0.0, 20.0, 20.0)
    sizes = [fitted(blocks, signs, 560, height, 4)[0][0].level for height in (180, 350)]
    assert [size.font for size in sizes if size] == [12, 16]


def test_less_room_moves_the_matrices_and_keeps_them_in_hand(view: EquationView, qtbot: QtBot) -> None:
    """While a number is dragged, the entry's line may grow: what it takes from the matrices must not let go of it."""
    session = session_of("net-s")
    view.set_alive(lambda name: name == "x")
    view.set_equation(equation_at(session, "z1"), 400)
    first, moved = view.views[0], []
    view.number_moved.connect(lambda cell, _value: moved.append(cell))
    point = first.centre_of((0, 0)).toPoint()
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=point)
    tall = first.frame.height
    view.set_equation(equation_at(session, "z1"), 100)
    assert first.frame.height < tall
    above, left = QPointF(point.x(), point.y() - 40), Qt.MouseButton.LeftButton
    drag = QMouseEvent(
        QEvent.Type.MouseMove, above, above, Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(first, drag)
    assert moved == [("x", (0, 0))]

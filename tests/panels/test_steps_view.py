"""The list of steps: what it shows, how it is driven, how it reads aloud."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.steps_model import Role, rows_of
from explorer.panels.steps_view import StepsView
from explorer.panels.theme import DARK
from explorer.problems import load_problem
from explorer.session import Session, Settings, Subject
from explorer.tape import notation
from tests.panels.step.stepping import random_problem, session_of


@pytest.fixture
def session() -> Session:
    problem = load_problem("net-s")
    return Session(Subject.of_problem("net-s", problem), Settings.of_problem(problem))


@pytest.fixture
def view(look: QApplication, qtbot: QtBot, session: Session) -> Iterator[StepsView]:
    typesetter = Typesetter()
    made = StepsView(typesetter)
    typesetter.setParent(made)
    qtbot.addWidget(made)
    made.resize(250, 640)
    made.show_state(session.state, notation())
    made.position_chosen.connect(session.go_to)
    session.subscribe(lambda _old, new: made.show_state(new, notation()))
    made.show()
    made.grab()
    typesetter.finish()
    yield made
    typesetter.stop()


def list_of(view: StepsView) -> QListView:
    found = view.findChild(QListView, "steps_view")
    assert isinstance(found, QListView)
    return found


def test_rows_are_headings_and_steps(session: Session) -> None:
    rows = rows_of(session.state.tape, notation())
    assert [row.text for row in rows if row.position is None] == ["FORWARD", "BACKWARD", "UPDATE"]
    assert [row.text for row in rows if row.position is not None] == [step.id for step in session.state.tape.steps]
    assert next(row for row in rows if row.text == "dJ/dW2").shape == "2×2"
    assert next(row for row in rows if row.text == "J").shape == "1"


def test_a_click_goes_to_the_step(view: StepsView, session: Session, qtbot: QtBot) -> None:
    steps = list_of(view)
    row = next(i for i in range(steps.model().rowCount()) if steps.model().index(i, 0).data() == "dJ/dz2")
    centre = steps.visualRect(steps.model().index(row, 0)).center()
    qtbot.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert session.state.step.id == "dJ/dz2"


def test_the_down_key_passes_over_headings(view: StepsView, session: Session, qtbot: QtBot) -> None:
    session.go_to_step("J")
    qtbot.keyClick(list_of(view), Qt.Key.Key_Down)
    assert session.state.step.id == "dJ/dz2"
    qtbot.keyClick(list_of(view), Qt.Key.Key_Up)
    assert session.state.step.id == "J"


def test_the_current_step_is_marked_and_in_sight(view: StepsView, session: Session) -> None:
    session.go_to(len(session.state.tape) - 1)
    steps = list_of(view)
    assert steps.currentIndex().data() == "J+"
    assert steps.viewport().rect().contains(steps.visualRect(steps.currentIndex()))


def test_done_and_not_done_read_aloud(view: StepsView, session: Session) -> None:
    session.go_to_step("h1")
    model = list_of(view).model()
    spoken = {
        model.index(row, 0).data(): model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    }
    assert spoken["h1"] == "step 2 of 21, h, 1 by 2, equals sigmoid of z1, computed"
    assert spoken["dJ/dz2"] == "step 6 of 21, dJ by dz2, 1 by 2, equals p less y, not computed yet"
    assert model.index(1, 0).data(Role.COMPUTED)


def test_formulas_are_drawn_in_both_looks(view: StepsView) -> None:
    light = view.grab().toImage()
    view.set_palette(DARK)
    dark = view.grab().toImage()
    assert light != dark
    ink = sum(light.pixelColor(x, y).lightness() < 160 for x in range(36, 200) for y in range(60, 200))
    assert ink > 200


@pytest.mark.parametrize("sizes", [(2, 3, 2), (3, 4, 4, 4, 2)])
def test_the_loss_after_many_updates_is_written_short(sizes: tuple[int, ...]) -> None:
    session = session_of(random_problem(sizes))
    last = rows_of(session.state.tape, session.state.script)[-1]
    assert (r"J(\theta^+)" in last.latex) is (len(sizes) > 3)
    assert last.latex.startswith("J^{+} = ")

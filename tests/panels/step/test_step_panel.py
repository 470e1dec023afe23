"""The step card as a whole: it follows the session, tells it what is pointed at, and checks what it shows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.step.step_panel import StepPanel
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import DARK, LIGHT
from explorer.session import RunStatus, Session
from tests.panels.step.stepping import random_problem, session_of


@pytest.fixture
def session() -> Session:
    return session_of("net-s", "dJ/dz1")


@pytest.fixture
def typesetter(look: QApplication) -> Iterator[Typesetter]:
    made = Typesetter()
    look.setStyleSheet(stylesheet(LIGHT))
    yield made
    made.finish()
    look.setStyleSheet("")


def panel_of(session: Session, typesetter: Typesetter, qtbot: QtBot) -> StepPanel:
    made = StepPanel(session, typesetter)
    made.set_palette(LIGHT)
    qtbot.addWidget(made)
    made.resize(408, 580)
    made.show()
    settle(typesetter)
    return made


def settle(typesetter: Typesetter) -> None:
    """Typeset and lay out all that is wanted."""
    for _ in range(4):
        typesetter.finish()
        QApplication.processEvents()


@pytest.fixture
def panel(session: Session, typesetter: Typesetter, qtbot: QtBot) -> StepPanel:
    return panel_of(session, typesetter, qtbot)


def test_shows_the_current_step(panel: StepPanel, session: Session) -> None:
    assert panel.objectName() == "step_panel"
    assert panel.title.text() == "What reaches the pre-activations of layer 1"
    assert panel.sentence.text() == "the gradient at the activations, gated by the slopes"
    assert panel.symbol.latex == r"\frac{\partial J}{\partial z_1}"
    assert r"\odot" in panel.formula.latex
    assert panel.entry.spelling.text == "1.5133 · 0.2350 = 0.3556"
    session.go_to_step("z1")
    assert [view.block.name for view in panel.equation.views] == ["x", "W1", "b1", "z1"]


def test_an_entry_lights_all_that_it_is_made_of(panel: StepPanel, session: Session) -> None:
    session.go_to_step("dJ/dh1")
    lit = [view.highlighted for view in panel.equation.views]
    assert lit == [{(0, 0), (0, 1)}, {(0, 0), (1, 0)}, {(0, 0)}]


def test_clicking_a_cell_chooses_it_in_the_session(panel: StepPanel, session: Session, qtbot: QtBot) -> None:
    result = panel.equation.result
    qtbot.mouseClick(result, Qt.MouseButton.LeftButton, pos=result.centre_of((0, 1)).toPoint())
    assert session.state.selected == ("dJ/dz1", (0, 1))
    assert panel.entry.spelling.text == "0.5675 · 0.1050 = 0.05958"
    assert panel.equation.views[0].highlighted == {(0, 1)}


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # a tooltip, offscreen
def test_pointing_goes_both_ways(panel: StepPanel, session: Session, qtbot: QtBot) -> None:
    slope = panel.equation.views[1]
    qtbot.mouseMove(slope, slope.centre_of((0, 1)).toPoint())
    assert session.state.hovered == ("dh1/dz1", (0, 1))
    assert panel.entry.title == "entry [1, 2]"
    session.hover(("dJ/dh1", (0, 0)))
    assert panel.entry.title == "entry [1, 1]"
    session.hover(("W1", (0, 0)))
    session.hover(None)
    assert panel.entry.title == "entry [1, 1]"


def test_the_chain_leads_to_its_steps(panel: StepPanel, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.chain.blocks[0], Qt.MouseButton.LeftButton)
    assert session.state.step.id == "dJ/dz2"


def test_checks_the_entry_once_it_rests(panel: StepPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.check.check is not None, timeout=3000)
    assert panel.check.verdict == "✓ agrees"
    assert panel.check.check is not None
    assert panel.check.check.analytic == pytest.approx(0.355624, abs=1e-6)


def test_checks_nothing_on_a_forward_step_nor_while_training(panel: StepPanel, session: Session) -> None:
    session.set_status(RunStatus.RUNNING)
    assert panel.check.verdict == "after training pauses"
    session.set_status(RunStatus.PAUSED)
    assert panel.check.verdict == "checking …"
    panel.check.check_now()
    assert panel.check.verdict == "✓ agrees"
    session.go_to_step("z1")
    assert not panel.check.isVisible()


@pytest.mark.parametrize("look_of", [LIGHT, DARK])
def test_net_s_needs_no_scrolling(session: Session, typesetter: Typesetter, qtbot: QtBot, look_of: object) -> None:
    panel = panel_of(session, typesetter, qtbot)
    panel.set_palette(DARK if look_of is DARK else LIGHT)
    for position in range(len(session.state.tape)):
        session.go_to(position)
        settle(typesetter)
        assert panel.scrolled_length == 0, session.state.step.id
        for label in (panel.title, panel.sentence):
            assert label.height() >= label.heightForWidth(label.width()) or not label.isVisible()


@pytest.mark.parametrize("problem", ["mazur", "dead-relu", "trace-003", "xor", "homework-10-5-10"])
def test_every_shelf_problem_can_be_walked(typesetter: Typesetter, qtbot: QtBot, problem: str) -> None:
    session = session_of(problem)
    panel = panel_of(session, typesetter, qtbot)
    for position in range(len(session.state.tape)):
        session.go_to(position)
        assert panel.equation.result.block.name == session.state.step.id
        assert not panel.grab().isNull()


def test_another_subject_is_shown(panel: StepPanel, session: Session) -> None:
    other = session_of(random_problem((64, 32, 10)))
    session.open(other.state.subject, other.state.settings)
    session.go_to_step("dJ/dW1")
    assert [view.frame.level is None for view in panel.equation.views] == [True, True, True]


def test_the_shown_sample_is_marked(typesetter: Typesetter, qtbot: QtBot) -> None:
    session = session_of(random_problem((2, 3, 2), samples=5), "dJ/dz1")
    panel = panel_of(session, typesetter, qtbot)
    session.show_sample(3)
    assert [view.block.row for view in panel.equation.views] == [3, 3, 3]
    assert panel.entry.title == "entry [4, 1]"


def test_leaves_the_session_when_it_goes(look: QApplication) -> None:
    session, typesetter = session_of("net-s"), Typesetter()
    panel = StepPanel(session, typesetter)
    assert len(session._present.listeners) == 1
    panel.deleteLater()
    QApplication.sendPostedEvents(panel, 52)
    assert session._present.listeners == []
    session.go_to(3)
    typesetter.finish()

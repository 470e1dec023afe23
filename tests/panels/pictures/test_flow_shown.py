"""The picture of a gradient's way through the layers: what it says, its ticks, its curves, what it notes."""

import numpy as np
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.pictures.flow_view import LEAST, NAME_LINE, NAMES, NOTCH, STEPS_LINE, FlowView, apart, decade_words
from explorer.panels.pictures.plane import round_ticks
from explorer.session import RunStatus, Session, Settings, Subject
from explorer.tape.numbers import shown as shown_number
from tests.panels.pictures.picturing import rested, session_of, shown


def test_the_flow_says_which_factor_shrank_the_gradient(qtbot: QtBot, look: QApplication) -> None:
    settings = Settings((8, 8, 8, 8), "sigmoid", 0.1, 16, 1)
    session = Session(Subject.of_data(load_dataset("moons"), settings), settings)
    panel = shown(qtbot, session)
    panel.choose("gradients")
    rested(qtbot, panel)
    assert "shrinks" in panel.note.text()
    assert "by σ′" in panel.note.text()
    view = panel.view
    assert isinstance(view, FlowView)
    assert len(view.curves()) == 5
    norms = [float(y[-1]) for _, y in view.curves()]
    assert isinstance(view.switch, QToolButton)
    view.switch.click()
    assert view.switch.text() == "∂J/∂z"
    assert [float(y[-1]) for _, y in view.curves()] != norms
    newest = view.log.measured[-1]
    ends = f"‖∂J/∂z‖ {shown_number(newest.deltas[0], 2)} … {shown_number(newest.deltas[-1], 2)}"
    assert panel.note.text().startswith(f"{ends} over all 150 samples · ")
    panel.hide()


def test_layers_in_brackets_are_raised_as_they_are_elsewhere(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    panel.choose("gradients")
    session.write_in("bracket")
    rested(qtbot, panel)
    assert "dz<sup>[2]</sup>" in panel.note.text()
    assert "^" not in panel.note.text()
    panel.hide()


def test_the_axis_says_that_smaller_norms_are_drawn_at_its_end() -> None:
    assert decade_words(round(np.log10(LEAST))) == "≤1e−12"
    assert decade_words(-11) == "1e−11"


def test_what_went_by_too_fast_is_measured_at_rest(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    panel.choose("gradients")
    rested(qtbot, panel)
    session.set_status(RunStatus.RUNNING)
    for step in range(100, 10_100, 100):
        network = session.state.network.copy()
        network.theta += 0.001
        session.receive(session.state.run.id, step, 0, np.ones(100, np.float32), (), network)
    session.set_status(RunStatus.PAUSED)
    rested(qtbot, panel)
    view = panel.view
    assert isinstance(view, FlowView)
    steps = [each.step for each in view.log.measured]
    assert steps == sorted(set(steps))
    assert len(steps) > 30
    assert max(np.diff(steps)) <= 500
    panel.hide()


def test_ticks_are_round_and_names_stand_apart() -> None:
    assert round_ticks(-1.1, 1.1, 4) == [-1, 0, 1]
    assert round_ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
    assert round_ticks(11, 29, 2) == [20]
    assert round_ticks(11, 29, 2, least=2) == [15, 20, 25]
    assert len(round_ticks(0.3, 0.3, 2, least=2)) < 2
    assert apart([10, 0, 5], 12, 100) == [24, 0, 12]
    assert apart([95, 99, 50, 97], 12, 100) == [76, 100, 50, 88]


def test_the_curves_of_gradients_have_numbered_steps_and_names_in_sight(qtbot: QtBot, look: QApplication) -> None:
    settings = Settings((8,) * 8, "tanh", 0.1, 16, 1)
    session = Session(Subject.of_data(load_dataset("digits"), settings), settings)
    panel = shown(qtbot, session)
    panel.choose("gradients")
    rested(qtbot, panel)
    view, nothing = panel.view, np.empty(0, np.float32)
    assert isinstance(view, FlowView)
    session.receive(session.state.run.id, 27_719, 0, nothing, (), session.state.network.copy())
    rested(qtbot, panel)
    assert [words for _, words in view.steps][:2] == ["0", "10k"]
    assert view.ground().bottom() + STEPS_LINE <= view.height()
    below = view.grab().toImage().copy(0, int(view.ground().bottom()) + NOTCH + 1, view.width() - NAMES, STEPS_LINE)
    assert len({below.pixel(x, y) for x in range(below.width()) for y in range(below.height() - 1)}) > 1
    ends = [view.ground().bottom() - 2.0] * 9
    assert max(apart(ends, NAME_LINE, view.ground().bottom())) <= view.ground().bottom()
    assert "over 256 of 1,348 samples" in panel.note.text()
    panel.hide()


def test_the_gradients_are_noted_while_another_picture_is_shown(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    view = panel.picture("gradients")
    assert isinstance(view, FlowView)
    assert [measured.step for measured in view.log.measured] == [0]
    nothing = np.empty(0, np.float32)
    session.receive(session.state.run.id, 7, 0, nothing, (), session.state.network.copy())
    rested(qtbot, panel)
    assert [measured.step for measured in view.log.measured] == [0, 7]
    panel.hide()


def marked_step(view: FlowView) -> int | None:
    return None if view.marked is None else view.marked.step


def test_a_step_that_is_looked_back_at_is_marked_and_told(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    panel.choose("gradients")
    rested(qtbot, panel)
    session.set_status(RunStatus.RUNNING)
    for step in (100, 200, 300):
        network = session.state.network.copy()
        network.theta *= 1.2
        session.receive(session.state.run.id, step, 0, np.ones(100, np.float32), (), network)
    session.set_status(RunStatus.PAUSED)
    rested(qtbot, panel)
    view = panel.view
    assert isinstance(view, FlowView)
    newest, before = panel.note.text(), view.grab().toImage()
    assert marked_step(view) is None
    session.look_at(100)
    rested(qtbot, panel)
    assert marked_step(view) == 100
    norms = next(each for each in view.log.measured if each.step == 100).weights
    ends = f"{shown_number(norms[0], 2)} … {shown_number(norms[-1], 2)}"
    assert panel.note.text().startswith(f"step 100: ‖∂J/∂W‖ {ends} over all 150 samples")
    assert view.grab().toImage() != before
    session.look_at_front()
    rested(qtbot, panel)
    assert (panel.note.text(), marked_step(view)) == (newest, None)
    assert view.grab().toImage() == before
    panel.hide()

"""The pictures beside the curves: which are offered, what they say, and that they leave the window its time."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.pictures.confusion_view import ConfusionView
from explorer.panels.pictures.flow_view import NAME_LINE, NAMES, NOTCH, STEPS_LINE, FlowView, apart
from explorer.panels.pictures.histogram_view import HEADS, HistogramView
from explorer.panels.pictures.pictures_panel import PICTURES, PicturesPanel
from explorer.panels.pictures.plane import round_ticks
from explorer.panels.pictures.regions_view import RegionsView
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import DARK, LIGHT, Palette
from explorer.session import RunStatus, Session, Settings, Subject
from explorer.session.opening import open_named
from explorer.session.pictures.regions import Regions
from explorer.tape.numbers import shown as shown_number


def session_of(name: str, hidden: tuple[int, ...] = (8,)) -> Session:
    settings = Settings(hidden, "tanh", 0.1, 16, 1)
    return Session(Subject.of_data(load_dataset(name), settings), settings)


def shown(qtbot: QtBot, session: Session, size: tuple[int, int] = (300, 260)) -> PicturesPanel:
    panel = PicturesPanel(session)
    qtbot.addWidget(panel)
    dress(panel, LIGHT)
    session.subscribe(panel.show_state)
    panel.resize(*size)
    panel.show()
    rested(qtbot, panel)
    return panel


def dress(panel: PicturesPanel, palette: Palette) -> None:
    panel.setStyleSheet(stylesheet(palette))
    panel.set_palette(palette)


def rested(qtbot: QtBot, panel: PicturesPanel) -> None:
    qtbot.waitUntil(lambda: not panel.slow.is_working(), timeout=5000)


def offered(panel: PicturesPanel) -> list[str]:
    return [str(panel.picker.itemData(row)) for row in range(panel.picker.count())]


def painted(panel: PicturesPanel) -> QImage:
    return panel.view.grab().toImage()


@pytest.mark.parametrize(
    ("name", "hidden", "keys"),
    [
        ("moons", (8,), ["regions", "confusion", "gradients", "histograms", "space", "runs"]),
        ("moons", (2,), ["regions", "confusion", "gradients", "histograms", "space", "runs"]),
        ("digits", (8,), ["confusion", "canvas", "gradients", "histograms", "weights", "runs"]),
        ("sine", (8,), ["regions", "gradients", "histograms", "runs"]),
    ],
)
def test_what_applies_is_offered(
    qtbot: QtBot, look: QApplication, name: str, hidden: tuple[int, ...], keys: list[str]
) -> None:
    panel = shown(qtbot, session_of(name, hidden))
    assert offered(panel) == keys
    assert panel.key == keys[0]
    panel.hide()


@pytest.mark.parametrize("name", ["moons", "digits", "sine", "xor"])
def test_every_picture_is_painted_in_both_looks(qtbot: QtBot, look: QApplication, name: str) -> None:
    panel = shown(qtbot, session_of(name, (4, 2)))
    for key in offered(panel):
        panel.choose(key)
        rested(qtbot, panel)
        light = painted(panel)
        dress(panel, DARK)
        assert painted(panel) != light, key
        dress(panel, LIGHT)
        assert panel.view.accessibleDescription(), key
        assert panel.note.text(), key
    panel.hide()


def test_the_next_picture_goes_around(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("moons"))
    for key in ("confusion", "gradients", "histograms", "space", "runs", "regions"):
        panel.choose_next()
        assert panel.key == key
        assert panel.stack.currentWidget() is panel.view
    panel.hide()


def test_a_hidden_panel_computes_nothing(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    panel.hide()
    view = panel.view
    assert isinstance(view, RegionsView)
    before = view.found
    session.select(("h1", (0, 2)))
    assert not panel.slow.is_working()
    assert view.found is before


def test_the_selected_unit_is_drawn(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    session.select(("h1", (0, 2)))
    rested(qtbot, panel)
    view = panel.view
    assert isinstance(view, RegionsView)
    assert isinstance(view.found, Regions)
    assert "h1[3]" in panel.note.text()
    session.select(None)
    rested(qtbot, panel)
    assert "p(" in panel.note.text()
    panel.hide()


def test_while_training_a_picture_waits_for_its_turn(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    view = panel.view
    assert isinstance(view, RegionsView)
    session.set_status(RunStatus.RUNNING)
    rested(qtbot, panel)
    first = view.found
    nothing = np.empty(0, np.float32)
    for step in range(1, 6):
        network = session.state.network.copy()
        network.theta += 0.1
        session.receive(session.state.run.id, step, 0, nothing, (), network)
    assert view.found is first
    assert panel.slow.is_working()
    rested(qtbot, panel)
    assert isinstance(view.found, Regions)
    assert view.found.values.shape[0] == 64
    session.set_status(RunStatus.PAUSED)
    rested(qtbot, panel)
    assert view.found.values.shape[0] == 128
    panel.hide()


def confusion_of(panel: PicturesPanel) -> ConfusionView:
    view = panel.views["confusion"]
    assert isinstance(view, ConfusionView)
    return view


def test_a_click_on_a_cell_lists_its_samples_and_shows_the_first(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("digits")
    panel = shown(qtbot, session)
    view = confusion_of(panel)
    assert isinstance(view.switch, QToolButton)
    assert view.switch.text() == "test"
    view.switch.click()
    rested(qtbot, panel)
    assert view.switch.text() == "train"
    assert view.found is not None
    cell = view.cells()[0]
    members = view.found.members(*cell).tolist()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box(*cell).center().toPoint())
    assert (session.state.sample, session.state.places) == (members[0], len(members))
    session.show_next_place(1)
    assert session.state.sample == members[1]
    assert view.samples.list.currentRow() == 1
    assert view.cell == cell
    assert "train samples" in panel.note.text()
    panel.hide()


def test_a_cell_of_held_out_samples_tells_their_numbers(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("digits")
    panel = shown(qtbot, session)
    view = confusion_of(panel)
    view.choose(view.cells()[0])
    assert "test samples" in panel.note.text()
    assert view.cell_at(QPointF(-5, -5)) is None
    panel.hide()


def test_keys_go_through_the_mistakes_first(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("digits"))
    view = confusion_of(panel)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.found is not None
    wrong = view.found.counts - np.diag(view.found.counts.diagonal())
    assert view.cell is not None
    assert view.found.counts[view.cell] == wrong.max()
    first = view.cell
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.cell != first
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.cell == first
    panel.hide()


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


def test_an_output_without_an_activation_has_z_in_its_histogram(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("moons"))
    panel.choose("histograms")
    rested(qtbot, panel)
    view = panel.view
    assert isinstance(view, HistogramView)
    last = len(view.found)
    assert [view.head(kind) for kind in HEADS] == ["W", f"h, z{last}", "∂J/∂W"]
    assert [view.symbol("values", row) for row in range(last)] == ["h"] * (last - 1) + ["z"]
    panel.hide()


def test_another_subject_offers_other_pictures(qtbot: QtBot, look: QApplication) -> None:
    session = session_of("moons")
    panel = shown(qtbot, session)
    panel.choose("gradients")
    session.open(*open_named("net-s"))
    rested(qtbot, panel)
    assert panel.key == "gradients"
    session.open(session_of("digits").state.subject, Settings())
    rested(qtbot, panel)
    assert "regions" not in offered(panel)
    panel.hide()


def test_every_picture_and_switch_has_a_name(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("moons"))
    assert panel.picker.accessibleName()
    for key in PICTURES:
        assert panel.views[key].accessibleName()
    for button in panel.findChildren(QToolButton):
        assert button.accessibleName()
    panel.hide()


def test_ticks_are_round_and_names_stand_apart() -> None:
    assert round_ticks(-1.1, 1.1, 4) == [-1, 0, 1]
    assert round_ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
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
    view = panel.views["gradients"]
    assert isinstance(view, FlowView)
    assert [measured.step for measured in view.log.measured] == [0]
    nothing = np.empty(0, np.float32)
    session.receive(session.state.run.id, 7, 0, nothing, (), session.state.network.copy())
    rested(qtbot, panel)
    assert [measured.step for measured in view.log.measured] == [0, 7]
    panel.hide()

"""The pictures beside the curves: which are offered, that they are painted, and that they leave the window its time."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.panels.pictures.histogram_view import HEADS, HistogramView
from explorer.panels.pictures.kinds import PICTURES
from explorer.panels.pictures.regions_view import RegionsView
from explorer.panels.theme import DARK, LIGHT
from explorer.session import RunStatus, Settings
from explorer.session.opening import open_named
from explorer.session.pictures.regions import Regions
from tests.panels.pictures.picturing import dress, offered, painted, rested, session_of, shown


@pytest.mark.parametrize(
    ("name", "hidden", "keys"),
    [
        ("moons", (8,), ["regions", "confusion", "gradients", "histograms", "space"]),
        ("moons", (2,), ["regions", "confusion", "gradients", "histograms", "space"]),
        ("digits", (8,), ["confusion", "canvas", "gradients", "histograms", "weights"]),
        ("sine", (8,), ["regions", "prediction", "gradients", "histograms"]),
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
    for key in ("confusion", "gradients", "histograms", "space", "regions"):
        panel.choose_next()
        assert panel.key == key
        assert panel.stack.currentWidget() is panel.view
    panel.hide()


def test_a_picture_is_made_when_it_is_first_shown(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("moons"))
    assert set(panel.views) == {"regions"}
    dress(panel, DARK)
    with qtbot.waitSignal(panel.made) as made:
        panel.choose("confusion")
    assert made.args == ["confusion"]
    assert panel.view.look is DARK
    assert panel.view.switch is not None
    assert panel.view.switch.isVisible()
    view = panel.view
    panel.choose("regions")
    panel.choose("confusion")
    assert panel.view is view
    assert set(panel.views) == {"regions", "confusion"}
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
        assert panel.picture(key).accessibleName()
    for button in panel.findChildren(QToolButton):
        assert button.accessibleName()
    panel.hide()


@pytest.mark.parametrize(("name", "title"), [("sine", "Fit"), ("moons", "Regions"), ("digits", "Confusion")])
def test_a_fitted_curve_is_called_so(qtbot: QtBot, look: QApplication, name: str, title: str) -> None:
    session = session_of("moons" if name != "moons" else "sine")
    panel = shown(qtbot, session)
    session.open(session_of(name).state.subject, Settings())
    rested(qtbot, panel)
    assert panel.picker.currentText() == title
    panel.hide()

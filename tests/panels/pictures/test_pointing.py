"""Pointing at pictures: what a place says, by the mouse or by arrows, and that units are lit elsewhere."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.data import finished, load_dataset
from explorer.panels.pictures.pictures_panel import PicturesPanel
from explorer.panels.pictures.pointed_view import PointedView
from explorer.panels.pictures.regions_view import RegionsView
from explorer.panels.pictures.regions_words import caption
from explorer.panels.pictures.samples import marks_of
from explorer.panels.theme import LIGHT
from explorer.session import Session, Settings, Subject
from explorer.session.opening import open_named
from explorer.session.pictures.flow import flow
from explorer.session.pictures.regions import Unit, regions
from explorer.tape.entries import Cell
from explorer.tape.numbers import shown


def panel_of(qtbot: QtBot, name: str, key: str) -> tuple[PicturesPanel, Session]:
    settings = Settings((8, 8), "sigmoid", 0.1, 16, 1)
    session = Session(Subject.of_data(load_dataset(name), settings), settings)
    panel = PicturesPanel(session)
    qtbot.addWidget(panel)
    panel.set_palette(LIGHT)
    panel.resize(420, 400)
    panel.show()
    panel.choose(key)
    panel.finish()
    return panel, session


def pointed(panel: PicturesPanel) -> PointedView:
    view = panel.view
    assert isinstance(view, PointedView)
    return view


def test_a_network_that_has_left_the_finite_numbers_is_told_in_the_caption(qtbot: QtBot) -> None:
    panel, session = panel_of(qtbot, "sine", "regions")
    assert panel.note.text().startswith("y over x · line: the network's output; filled: train, hollow: test")
    lost = session.state.network.copy()
    lost.theta[:] = np.finfo(lost.dtype).max
    with np.errstate(all="ignore"):
        session.receive(session.state.run.id, 1, 0, np.ones(1, np.float32), (), lost)
        panel.finish()
    assert panel.note.text().startswith("no finite value anywhere · the weights are too large")


def test_numbers_over_two_inputs_are_told_in_their_units_and_the_samples_coloured_by_them() -> None:
    X = np.random.default_rng(0).normal(size=(60, 2))
    prices = 1000 + 100 * X[:, :1]
    told = {"X": X, "labels": np.zeros(60, np.intp), "classes": (), "targets": prices, "quantities": ("price",)}
    data = replace(load_dataset("moons"), fitting="standardise", **told)
    settings = Settings((4,), "tanh", 0.1, 16, 1)
    subject = Subject.of_data(data, settings)
    assert subject.targets is not None
    mean = shown(float(subject.targets.shift[0]), 3)
    found = finished(regions(subject, subject.problem.network, 8, None))
    words, sentence = caption(found, subject)
    assert sentence == f"orange below {mean}, blue above; squares: samples below {mean}; filled: train, hollow: test"
    assert all(500 < float(end) < 1500 for end in words.removeprefix("price").split(" … "))
    for marks, (_, Y) in zip(marks_of(subject), subject.parts, strict=True):
        assert marks.classes.tolist() == (Y[:, 0] < 0).astype(int).tolist()


def test_colours_and_marks_that_are_nowhere_are_not_named() -> None:
    subject, _ = open_named("mazur")
    found = finished(regions(subject, subject.problem.network, 8, None))
    words, sentence = caption(found, subject)
    assert words.startswith("output 1 of 2  0.")
    assert sentence == "the bluer, the larger, from 0.000 on"
    unit = finished(regions(subject, subject.problem.network, 8, Unit("h", 1, 0)))
    assert caption(unit, subject)[1] == "a unit's value over the inputs: the bluer, the larger, from 0 on"


def said(panel: PicturesPanel) -> str:
    box = panel.window().findChild(QLabel, "picture_reading")
    return box.text() if isinstance(box, QLabel) and not box.isHidden() else ""


def hovered(session: Session) -> Cell | None:
    return session.state.hovered


def test_the_regions_say_the_probabilities_under_the_mouse(qtbot: QtBot, look: QApplication) -> None:
    panel, session = panel_of(qtbot, "moons", "regions")
    view = pointed(panel)
    QTest.mouseMove(view, view.ground().center().toPoint())
    first, *lines = said(panel).splitlines()
    assert first.startswith("x1 ")
    assert [line.split(" ")[0] for line in lines] == ["p(upper", "p(lower"]
    assert sum(float(line.rsplit(" ", 1)[1]) for line in lines) == pytest.approx(1, abs=2e-3)
    session.select(("h2", (0, 3)))
    panel.finish()
    assert said(panel).splitlines()[1].startswith("h2[4] ")
    QTest.mouseMove(view, QPoint(1, 1))
    assert not said(panel)
    panel.hide()


def test_a_picture_of_another_network_says_nothing(qtbot: QtBot, look: QApplication) -> None:
    panel, session = panel_of(qtbot, "moons", "regions")
    view, settings = panel.view, Settings((4,), "tanh", 0.1, 16, 1)
    assert isinstance(view, RegionsView)
    session.open(Subject.of_data(load_dataset("sine"), settings), settings)
    view.show_samples(session.state)
    QTest.mouseMove(view, view.ground().center().toPoint())
    assert not said(panel)
    panel.hide()


def test_a_fit_says_the_output_under_the_mouse(qtbot: QtBot, look: QApplication) -> None:
    panel, session = panel_of(qtbot, "sine", "regions")
    view = pointed(panel)
    view.point_at(view.ground().center())
    x, output = (float(line.split(" ")[1].replace("−", "-")) for line in said(panel).splitlines())
    assert output == pytest.approx(float(session.state.network.predict_proba([[x]])[0, 0]), abs=5e-3)
    panel.hide()


def test_the_gradients_say_every_layers_norm_and_factors(qtbot: QtBot, look: QApplication) -> None:
    panel, session = panel_of(qtbot, "moons", "gradients")
    view, problem = pointed(panel), session.state.subject.problem
    view.point_at(view.ground().center())
    measured = flow(session.state.network, problem.X, problem.Y, 0)
    lines = said(panel).splitlines()
    assert lines[0] == "step 0"
    assert lines[1].startswith(f"W1  {shown(float(measured.weights[0]), 3)}   Wᵀ ×")
    assert lines[1].endswith(f"σ′ ×{shown(float(measured.by_slopes[0]), 2)}")
    assert len(lines) == 4
    panel.hide()


def test_a_histogram_says_what_a_bin_holds(qtbot: QtBot, look: QApplication) -> None:
    panel, _ = panel_of(qtbot, "digits", "histograms")
    view = pointed(panel)
    view.point_at(QPointF(40, 60))
    name, ends, count = said(panel).splitlines()
    assert name == "W of layer 1"
    assert " … " in ends
    assert count.endswith("of 512 counted")
    panel.hide()


def test_the_hidden_space_says_its_axes(qtbot: QtBot, look: QApplication) -> None:
    panel, session = panel_of(qtbot, "moons", "space")
    view = pointed(panel)
    view.point_at(view.ground().center())
    assert said(panel).startswith("1st principal component of h2 ")
    assert "h2 on its first two principal components" in panel.note.text()
    session.select(("z1", (0, 2)))
    panel.finish()
    assert said(panel).startswith("1st principal component of h1 ")
    panel.hide()


def test_images_of_weights_light_and_choose_their_units(qtbot: QtBot, look: QApplication) -> None:
    panel, session = panel_of(qtbot, "digits", "weights")
    view = pointed(panel)
    QTest.mouseMove(view, QPoint(view.width() // 2, 20))
    lit = hovered(session)
    assert lit is not None
    name, (row, unit) = lit
    assert name == "z1"
    assert said(panel).startswith(f"unit {unit + 1} of layer 1")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, 20))
    assert session.state.selected == (name, (row, unit))
    view.point_at(None)
    assert hovered(session) is None
    panel.hide()


def test_arrows_point_and_are_heard(qtbot: QtBot, look: QApplication) -> None:
    panel, _ = panel_of(qtbot, "moons", "regions")
    view, summary = pointed(panel), pointed(panel).accessibleDescription()
    panel.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_Right)
    middle = said(panel)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert said(panel) != middle
    assert view.accessibleDescription() == said(panel).replace("\n", ", ")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not said(panel)
    assert view.accessibleDescription() == summary
    panel.hide()

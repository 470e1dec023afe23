"""The confusion matrix: its cells list their samples by mouse and by key."""

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.pictures.confusion_view import ConfusionView
from explorer.panels.pictures.pictures_panel import PicturesPanel
from explorer.session import Session, Subject
from explorer.session.pictures.confusion import Confusion
from tests.panels.pictures.picturing import rested, session_of, shown


def confusion_of(panel: PicturesPanel) -> ConfusionView:
    view = panel.picture("confusion")
    assert isinstance(view, ConfusionView)
    return view


def test_long_names_of_many_classes_are_written_upwards(qtbot: QtBot, look: QApplication) -> None:
    names = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
    subject, settings = session_of("digits").state.subject, session_of("digits").state.settings
    panel = shown(qtbot, Session(replace(subject, classes=names), settings), (350, 520))
    view = confusion_of(panel)
    places = view.places
    assert places.turned
    last = view.grab(places.column_name(9).toRect()).toImage()
    view.found = replace(found_of(view), names=(*names[:-1], "Ankle shoe"))
    assert view.grab(places.column_name(9).toRect()).toImage() != last
    panel.hide()


def test_recall_and_precision_are_named_only_where_all_their_numbers_are_written(
    qtbot: QtBot, look: QApplication
) -> None:
    names = tuple(f"Class {number}" for number in range(30))
    generator = np.random.default_rng(0)
    data = replace(load_dataset("moons"), X=generator.normal(size=(120, 2)), labels=np.arange(120) % 30, classes=names)
    settings = session_of("moons").state.settings
    panel = shown(qtbot, Session(Subject.of_data(data, settings), settings), (350, 400))
    panel.choose("confusion")
    rested(qtbot, panel)
    view = confusion_of(panel)
    assert not view.rated
    assert panel.note.text().endswith("row: true, column: predicted")
    panel.resize(1000, 900)
    assert confusion_of(panel).rated
    assert panel.note.text().endswith("right: recall, below: precision, in %")
    panel.hide()


def found_of(view: ConfusionView) -> Confusion:
    assert view.found is not None
    return view.found


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
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.places.box(*cell).center().toPoint())
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

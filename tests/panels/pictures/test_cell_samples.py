"""A cell of the confusion matrix lists its samples, held-out ones too: as images or numbers, by mouse and by key."""

from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.panels.main_window import MainWindow
from explorer.panels.pictures.confusion_layout import HEADS, WIDEST
from explorer.panels.pictures.confusion_view import ConfusionView
from explorer.panels.sample_field import EDGES, SampleField
from explorer.panels.theme import number_font, text_font
from explorer.session.columns import sample_told
from explorer.session.guests import HeldOut, Walk
from explorer.session.pictures.confusion import told_name
from explorer.session.worksheet import worksheet
from tests.windows import opened

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(qtbot, "digits") as made:
        made.training.pictures.choose("confusion")
        made.complete()
        made.steps.setFocus()
        yield made


def matrix(window: MainWindow) -> ConfusionView:
    view = window.training.pictures.picture("confusion")
    assert isinstance(view, ConfusionView)
    return view


def click_first_cell(window: MainWindow) -> list[int]:
    view = matrix(window)
    cell = view.cells()[0]
    QTest.mouseClick(view, LEFT, pos=view.places.box(*cell).center().toPoint())
    assert view.found is not None
    members: list[int] = view.found.members(*cell).tolist()
    return members


def test_a_click_lists_held_out_samples_and_shows_the_first(window: MainWindow) -> None:
    members = click_first_cell(window)
    samples, state = matrix(window).samples, window.session.state
    assert state.guest == HeldOut(members[0])
    assert samples.list.count() == len(members)
    assert not samples.list.item(0).icon().isNull()
    assert samples.list.item(1).text() == f"{members[1] + 1:,}"
    assert "held-out samples" in samples.words.text()
    assert window.top.samples.field.text() == f"cell 1 of {len(members)}"
    assert f"held-out sample {members[0] + 1}" in window.step_panel.minibatch.accessibleName()


def test_a_click_leaves_the_keys_to_the_steps(window: MainWindow, qtbot: QtBot) -> None:
    click_first_cell(window)
    qtbot.keyClick(window.steps, Qt.Key.Key_Right)
    assert window.session.state.position == 1
    assert matrix(window).samples.list.currentRow() == 0


def test_a_click_on_an_image_shows_it_in_the_pass(window: MainWindow) -> None:
    members = click_first_cell(window)
    shown = matrix(window).samples.list
    place = shown.visualItemRect(shown.item(2)).center()
    QTest.mouseClick(shown.viewport(), LEFT, pos=place)
    assert window.session.state.guest == HeldOut(members[2])


def test_by_key_a_cell_is_opened_gone_through_and_closed(window: MainWindow, qtbot: QtBot) -> None:
    view = matrix(window)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.samples.list.hasFocus()
    qtbot.keyClick(view.samples.list, Qt.Key.Key_Right)
    state = window.session.state
    assert (state.place, state.position) == (1, 0)
    qtbot.keyClick(view.samples.list, Qt.Key.Key_Escape)
    assert not view.samples.is_open
    assert view.hasFocus()
    assert window.session.state.guest is not None
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    state = window.session.state
    assert state.guest is None
    assert state.walk is None


def test_the_picker_goes_through_the_cell_and_marks_it_in_the_list(window: MainWindow) -> None:
    members = click_first_cell(window)
    window.action("next_sample").trigger()
    assert window.session.state.guest == HeldOut(members[1])
    assert matrix(window).samples.list.currentRow() == 1
    window.session.show_sample(4)
    assert matrix(window).samples.list.currentRow() == -1


def test_other_samples_close_the_list(window: MainWindow, qtbot: QtBot) -> None:
    click_first_cell(window)
    window.files.open_data("iris")
    qtbot.waitUntil(lambda: not matrix(window).samples.is_open, timeout=5000)
    assert window.session.state.walk is None


def test_samples_of_a_table_are_listed_with_their_columns_as_they_were_before_scaling(qtbot: QtBot) -> None:
    window = create_window("iris")
    qtbot.addWidget(window)
    window.show()
    window.training.pictures.choose("confusion")
    window.complete()
    members = click_first_cell(window)
    shown = matrix(window).samples.list
    assert shown.item(0).icon().isNull()
    x = window.session.state.subject.test_X[members[0]]
    assert shown.item(0).text() == f"{members[0] + 1}: {sample_told(window.session.state.subject, x)}"
    assert "sepal length (cm)" in shown.item(0).text()
    assert "petal width" in shown.item(0).toolTip()
    window.close()


def test_names_stand_above_the_columns_and_the_large_matrix_has_room_for_all_of_them(window: MainWindow) -> None:
    view = matrix(window)
    view.resize(900, 400)
    view.found = replace(view.found, names=("an excellent result", *view.found.names[1:])) if view.found else None
    view._widest_name = 130.0
    assert view.places.box(0, 0).top() > HEADS[0][0]
    assert view.places.box(0, 0).width() > WIDEST
    assert view.cell_at(view.places.box(3, 2).center()) == (3, 2)


def test_classes_that_are_digits_are_apart_from_counts(window: MainWindow) -> None:
    view = matrix(window)
    view.choose(view.cells()[0])
    assert view.found is not None
    true, taken = view.cells()[0]
    words = f"of class \u201c{view.found.names[true]}\u201d are taken for \u201c{view.found.names[taken]}\u201d"
    assert words in view._cell_words(view.found, (true, taken))


def test_what_is_said_of_a_sample_is_what_holds_now(window: MainWindow) -> None:
    session, view = window.session, matrix(window)
    members = click_first_cell(window)
    walk, line = session.state.walk, window.step_panel.minibatch
    assert walk is not None
    assert line.accessibleName() == f"held-out sample {members[0] + 1:,}, {walk.words}; its update is not made"
    assert view.samples.words.text() == f"{len(members)} held-out samples: {walk.words}"
    true, _, taken = walk.words.partition(" taken ")
    right = int(session.state.subject.test_Y[members[0]].argmax())
    network = session.state.network.copy()
    network.parameters["b2"][right] = 100.0
    session.receive(session.state.run.id, 1, 0, np.ones(1, np.float32), (), network)
    window.complete()
    said = f"held-out sample {members[0] + 1:,}, now {true} taken right (listed: taken {taken}); its update is not made"
    assert line.accessibleName() == said
    assert view.samples.words.text() == f"{len(members)} held-out samples: {walk.words} when listed"
    assert f"now {true} taken right" in worksheet(session.state, 4)
    session.undo()
    window.complete()
    assert line.accessibleName() == f"held-out sample {members[0] + 1:,}, {walk.words}; its update is not made"
    assert view.samples.words.text() == f"{len(members)} held-out samples: {walk.words}"


def test_the_cell_of_samples_that_come_with_a_session_is_outlined(qtbot: QtBot) -> None:
    with opened(qtbot, "digits") as window:
        session = window.session
        X, Y = session.state.subject.parts[0]
        true, taken = Y.argmax(1), session.state.network.predict_proba(X).argmax(1)
        cell = next((i, j) for i in range(10) for j in range(10) if i != j and np.any((true == i) & (taken == j)))
        members = (int(np.flatnonzero((true == cell[0]) & (taken == cell[1]))[0]), 3)  # as they were when listed
        session.show_member(Walk("train", members, "{} taken for {}".format(*map(told_name, map(str, cell)))), 0)
        window.training.pictures.choose("confusion")
        window.complete()
        view = matrix(window)
        assert view.found is not None
        assert (view.found.part, view.cell) == ("train", cell)
        assert not view.samples.is_open
        view.choose(None)
        session.show_next_place(1)
        window.complete()
        assert view.cell is None


def test_the_field_has_room_for_a_walk_that_comes_with_the_window(look: QApplication, qtbot: QtBot) -> None:
    field = SampleField()
    qtbot.addWidget(field)
    field.setFont(text_font(8))
    field.show_place(0, 3, 3, "cell")
    field.setFont(number_font(20))
    assert field.width() >= QFontMetrics(number_font(20)).horizontalAdvance("cell 1 of 3") + EDGES

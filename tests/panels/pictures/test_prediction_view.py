"""The picture of predictions: pointed at, clicked, by keys; one output of several; and what it says."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.pictures.pictures_panel import PicturesPanel
from explorer.panels.pictures.plane import place_of
from explorer.panels.pictures.prediction_view import LIVE_SAMPLES, PredictionView
from explorer.panels.pictures.prediction_words import words_of
from explorer.session import RunStatus, Session, Settings, Subject
from explorer.session.guests import HeldOut
from tests.panels.pictures.picturing import painted, rested, session_of, shown
from tests.session.pictures.test_prediction import houses


def view_of(qtbot: QtBot, outputs: int = 2) -> tuple[PicturesPanel, PredictionView, Session]:
    settings = Settings((4,), "tanh", 0.1, 16, 1)
    session = Session(houses(outputs), settings)
    panel = shown(qtbot, session)
    panel.choose("prediction")
    rested(qtbot, panel)
    view = panel.view
    assert isinstance(view, PredictionView)
    return panel, view, session


def place(view: PredictionView, part: int, number: int) -> QPointF:
    """Return where the mark of a sample lies."""
    found = view.found
    assert found is not None
    marks = found.parts[part]
    output = float(np.clip(marks.outputs[number], found.frame.bottom, found.frame.top))
    return place_of(float(marks.targets[number]), output, found.frame, view.ground())


def alone(view: PredictionView, part: int) -> int:
    """Return a sample of a part that no other's mark hides."""
    name = ("train", "test")[part]
    found = view.found
    assert found is not None
    for number in range(len(found.parts[part].samples)):
        if view.mark_at(place(view, part, number)) == (name, number):
            return number
    raise AssertionError("every mark is hidden")


@pytest.mark.parametrize("part", [0, 1])
def test_a_mark_says_its_sample_and_leads_to_its_pass(qtbot: QtBot, look: QApplication, part: int) -> None:
    panel, view, session = view_of(qtbot)
    session.show_whole(True)
    number = alone(view, part)
    at = place(view, part, number)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint())
    state = session.state
    assert not view.hasFocus()
    assert not state.whole
    assert state.guest == (HeldOut(number) if part else None)
    assert part or state.sample == number
    words = view.words_at(at)
    assert words.startswith(f"{'held-out sample' if part else 'sample'} {number + 1}")
    assert "target " in words
    assert "off by " in words
    assert view.words_at(QPointF(0, 0)) == ""
    panel.hide()


def test_the_keys_lead_to_a_sample_too(qtbot: QtBot, look: QApplication) -> None:
    panel, view, session = view_of(qtbot)
    number = alone(view, 1)
    view.setFocus()
    with qtbot.assertNotEmitted(view.chosen):
        QTest.keyClick(view, Qt.Key.Key_Return)
    view.point_at(place(view, 1, number))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert session.state.guest == HeldOut(number)
    panel.hide()


def test_each_output_has_its_picture(qtbot: QtBot, look: QApplication) -> None:
    panel, view, _ = view_of(qtbot)
    assert view.picker.isVisible()
    assert panel.note.text().startswith("price: train RMSE ")
    view.picker.setCurrentIndex(1)
    view.picker.activated.emit(1)
    rested(qtbot, panel)
    assert panel.note.text().startswith("rent: train RMSE ")
    panel.hide()


def test_one_output_needs_no_switch_and_the_next_subject_offers_its_own(qtbot: QtBot, look: QApplication) -> None:
    panel, view, session = view_of(qtbot, outputs=1)
    assert not view.picker.isVisible()
    session.open(houses(), Settings((4,)))
    rested(qtbot, panel)
    assert [view.picker.itemText(row) for row in range(view.picker.count())] == ["price", "rent"]
    panel.hide()


def test_long_names_of_outputs_do_not_widen_the_panel(qtbot: QtBot, look: QApplication) -> None:
    panel, view, session = view_of(qtbot)
    data = session.state.subject.data
    assert data is not None
    long = replace(data, name="long", quantities=tuple(f"{name} of this year in thousands" for name in data.quantities))
    before = panel.minimumSizeHint().width()
    session.open(Subject.of_data(long, Settings((4,))), Settings((4,)))
    rested(qtbot, panel)
    assert view.picker.itemText(0) == "price of this year in thousands"
    assert panel.minimumSizeHint().width() == before
    assert view.picker.width() <= 150
    panel.hide()


def test_the_ring_goes_with_the_shown_sample(qtbot: QtBot, look: QApplication) -> None:
    panel, _, session = view_of(qtbot)
    before = painted(panel)
    session.show_sample(7)
    assert painted(panel) != before
    panel.hide()


def test_the_ring_goes_to_the_sample_of_the_minibatch_that_is_drawn(qtbot: QtBot, look: QApplication) -> None:
    panel, view, session = view_of(qtbot)
    session.show_sample(next(i for i in range(session.state.samples) if i not in session.state.minibatch))
    before = painted(panel)
    session.show_whole(True)
    assert session.state.drawn != session.state.sample
    assert view.state is session.state
    assert painted(panel) != before
    session.show_whole(False)
    assert painted(panel) == before
    panel.hide()


def test_what_it_says_of_errors_beyond_lost_and_large(qtbot: QtBot, look: QApplication) -> None:
    panel, view, session = view_of(qtbot)
    network = session.state.network.copy()
    network.parameters["b2"][0] += 100
    session.receive(session.state.run.id, 1, 0, np.ones(1, np.float32), (), network)
    rested(qtbot, panel)
    assert "60 beyond the edge" in panel.note.text()
    found = view.found
    assert found is not None
    assert "root mean square error" in words_of(found, session.state.subject, roomy=True)[0]
    lost = network.copy()
    lost.theta[:] = np.nan
    session.receive(session.state.run.id, 2, 0, np.ones(1, np.float32), (), lost)
    rested(qtbot, panel)
    assert panel.note.text().startswith("price: no finite prediction")
    assert not painted(panel).isNull()
    panel.hide()


def test_a_wide_picture_calls_errors_by_their_names(qtbot: QtBot, look: QApplication) -> None:
    panel, _, _ = view_of(qtbot)
    panel.resize(900, 500)
    qtbot.waitUntil(lambda: "mean absolute error" in panel.note.text())
    panel.resize(300, 260)
    qtbot.waitUntil(lambda: "MAE" in panel.note.text())
    panel.hide()


def test_many_samples_are_measured_in_part_while_training_runs(qtbot: QtBot, look: QApplication) -> None:
    settings = Settings((4,), "tanh", 0.1, 16, 1)
    session = Session(houses(samples=2000), settings)
    panel = shown(qtbot, session)
    panel.choose("prediction")
    rested(qtbot, panel)
    assert "measured on" not in panel.note.text()
    session.set_status(RunStatus.RUNNING)
    rested(qtbot, panel)
    assert f"measured on {LIVE_SAMPLES + 500:,} of 2,000 samples" in panel.note.text()
    panel.hide()


def test_the_picture_stays_while_the_next_one_of_the_same_samples_is_made(qtbot: QtBot, look: QApplication) -> None:
    panel, view, session = view_of(qtbot)
    before = view.found
    session.configure(Settings((6,), "tanh", 0.1, 16, 1))
    assert view.found is before
    rested(qtbot, panel)
    assert view.found is not before
    session.open(houses(samples=30), Settings((4,)))
    assert view.found is None
    rested(qtbot, panel)
    panel.hide()


def test_classes_have_none(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("moons"))
    assert "prediction" not in panel.offered_keys
    panel.hide()

"""The pages of lessons in the window: answers are judged, all is reached and named, and nothing is cut off."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.lessons.shelf import lessons
from explorer.panels.looking import take_view
from explorer.panels.main_window import MainWindow
from explorer.session.stored.window_view import WindowView
from tests.learning import answer, named, page, panel
from tests.windows import WAIT_MS, focused, notice, opened, press


def test_no_part_of_a_page_becomes_a_window(window: MainWindow) -> None:
    for each in lessons():
        page(window, each.number)
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [window]
    assert window.isActiveWindow()


def test_an_answer_is_judged_on_return(window: MainWindow) -> None:
    card = page(window, 8).cards[0]
    assert answer(card, "0.3") == "Not yet."
    assert answer(card, "0.24") == "Right as far as it goes: give 4 significant digits."
    assert answer(card, "one") != ""
    assert "is beyond what a float64 holds" in answer(card, "1e400")
    assert not window.learn.done
    assert answer(card, "0.2434") == "Right."
    assert window.learn.done == (f"{named(8)}#0",)
    assert card.more.text()


def test_a_told_answer_does_not_count_and_other_numbers_do(window: MainWindow, qtbot: QtBot) -> None:
    card = page(window, 8).cards[0]
    qtbot.mouseClick(card.hint, Qt.MouseButton.LeftButton)
    assert "softmax" in card.more.text()
    qtbot.mouseClick(card.shown, Qt.MouseButton.LeftButton)
    assert card.verdict.text() == "It is 0.243365."
    assert answer(card, "0.243365") == "Right."
    assert not window.learn.done
    qtbot.mouseClick(card.another, Qt.MouseButton.LeftButton)
    assert "seed 1" in card.title.text()
    assert focused() is card.field
    assert not card.field.text()
    assert answer(card, card.posed.shown_answer) == "Right."
    assert len(window.learn.done) == 1


def test_a_choice_is_made_by_its_button(window: MainWindow, qtbot: QtBot) -> None:
    card = page(window, 9).cards[2]
    wrong, right, _ = card.choices
    qtbot.mouseClick(wrong, Qt.MouseButton.LeftButton)
    assert card.verdict.text() == "Not this one."
    right.setFocus()
    press(Qt.Key.Key_Space)
    assert card.verdict.text() == "Right."
    assert not window.action("play").isChecked()


def test_letters_typed_into_an_answer_are_no_shortcuts(window: MainWindow) -> None:
    card = page(window, 7).cards[3]
    card.field.setFocus()
    position = window.session.state.position
    QTest.keyClicks(card.field, "10 x 5")
    assert card.field.text() == "10 x 5"
    assert window.session.state.position == position
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    assert card.verdict.text() == "Right."


def test_the_list_tells_what_is_answered(window: MainWindow) -> None:
    shown = page(window, 9)
    for card in shown.cards[:2]:
        answer(card, card.posed.shown_answer)
    item = panel(window).list.item(8)
    assert "2 of 3 questions answered" in item.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_answered_is_saved_with_the_session(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    card = page(window, 9).cards[0]
    answer(card, card.posed.shown_answer)
    window.files.sessions.save_as(str(tmp_path / "learnt.bpx"))
    qtbot.waitUntil(lambda: notice(window).startswith("Saved the session"), timeout=WAIT_MS)
    with opened(qtbot, str(tmp_path / "learnt.bpx")) as other:
        assert other.learn.done == (f"{named(9)}#0",)
        assert other.places.workspace == "Learn"
        assert panel(other).isVisible()
        told = panel(other).list.item(8).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "1 of 3 questions answered" in told


def test_a_session_opens_with_its_page_and_its_answers_beside_its_own_problem(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    card = page(window, 5).cards[0]
    assert "answered" not in card.title.text()
    answer(card, card.posed.shown_answer)
    assert card.title.text() == "Question 1 · ✓ answered"
    window.files.open_key("problem:xor")
    window.session.write_in("column")
    window.files.sessions.save_as(str(tmp_path / "learnt.bpx"))
    qtbot.waitUntil(lambda: notice(window).startswith("Saved the session"), timeout=WAIT_MS)
    with opened(qtbot, str(tmp_path / "learnt.bpx")) as other:
        shown = panel(other).page
        assert shown is not None
        assert shown.lesson.number == 5
        titles = [card.title.text() for card in shown.cards]
        assert titles[:2] == ["Question 1 · ✓ answered", "Question 2"]
        assert other.session.state.subject.key == "problem:xor"
        assert other.session.state.notation == "column"


def test_a_page_that_is_no_longer_there_is_left_alone(window: MainWindow) -> None:
    take_view(window, WindowView(workspace="Learn", lesson="99-nowhere"))
    assert panel(window).page is None
    assert window.banner.text() == ""


def test_other_numbers_of_an_answered_question_leave_it_answered(window: MainWindow, qtbot: QtBot) -> None:
    card = next(card for card in page(window, 5).cards if card.posed.question.another)
    answer(card, card.posed.shown_answer)
    qtbot.mouseClick(card.another, Qt.MouseButton.LeftButton)
    assert card.title.text().endswith(" · ✓ answered")
    assert "numbers of seed" in card.title.text()


def test_a_page_keeps_what_was_typed_while_another_is_read(window: MainWindow) -> None:
    card = page(window, 8).cards[0]
    card.field.setText("0.24")
    page(window, 9)
    assert page(window, 8).cards[0].field.text() == "0.24"


def test_tab_reaches_links_sliders_fields_and_buttons(window: MainWindow) -> None:
    shown = page(window, 3)
    panel(window).take_keys()
    seen = []
    for _ in range(60):
        press(Qt.Key.Key_Tab)
        seen.append(focused())
        if focused() is window.network:
            break
    for widget in (shown.benches[0].sliders["x"], shown.cards[0].field, shown.cards[0].judged, shown.cards[0].another):
        assert widget in seen


def test_the_wheel_is_left_to_the_page_by_sliders_under_it(window: MainWindow) -> None:
    slider = page(window, 1).benches[0].sliders["x_1"]
    place, middle = slider.value(), slider.rect().center()
    nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(middle.toPointF(), middle.toPointF(), QPoint(), QPoint(0, -120), *nothing, False)
    slider.wheelEvent(event)
    assert not event.isAccepted()
    assert slider.value() == place


def test_controls_say_what_they_are(window: MainWindow) -> None:
    for each in lessons():
        shown = page(window, each.number)
        for card in shown.cards:
            assert card.field.accessibleName()
            for button in card.findChildren(QPushButton):
                assert button.toolTip()
                assert button.accessibleName() or button.text()
        for bench in shown.benches:
            for slider in bench.sliders.values():
                assert slider.accessibleName()
                assert slider.toolTip()


@pytest.mark.opens("net-s", (1160, 680))
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_page_is_wider_than_its_place(window: MainWindow, colours: str) -> None:
    window.set_look(colours)
    for each in lessons():
        shown = page(window, each.number)
        window.complete()
        inside = shown.widget()
        assert inside is not None
        assert inside.width() == shown.viewport().width()
        assert inside.minimumSizeHint().width() <= shown.viewport().width(), each.name
        for label in shown.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.width() >= label.minimumSizeHint().width(), (each.name, label.text())

"""Learn in the window: lessons open beside the pass, links lead into it, answers are judged, and nothing is lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.lessons.lesson import LINKS, Link, Prose
from explorer.lessons.reading import links_in
from explorer.lessons.shelf import lesson_names, lessons
from explorer.panels.lesson_links import FOLLOW
from explorer.panels.lessons.learn_panel import LearnPanel
from explorer.panels.lessons.page_view import PageView
from explorer.panels.lessons.quiz_card import QuizCard
from explorer.panels.main_window import MainWindow
from explorer.session import Edit
from explorer.tape.notation_shelf import notations
from tests.windows import WAIT_MS, focused, notice, opened, press

CONTROL = Qt.KeyboardModifier.ControlModifier


def named(number: int) -> str:
    return next(name for name in lesson_names() if name.startswith(f"{number:02}-"))


def panel(window: MainWindow) -> LearnPanel:
    found = window.learn.panel
    assert found is not None
    return found


def page(window: MainWindow, number: int) -> PageView:
    """Open a lesson as its list does."""
    window.learn.open_lesson(named(number))
    found = panel(window).page
    assert found is not None
    return found


def answer(card: QuizCard, text: str) -> str:
    card.field.setFocus()
    card.field.selectAll()
    QTest.keyClicks(card.field, text)
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    return card.verdict.text()


def test_learn_has_a_page_where_the_steps_were(window: MainWindow, qtbot: QtBot) -> None:
    assert window.learn.panel is None
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert panel(window).isVisible()
    assert window.network.isVisible()
    assert window.step_panel.isVisible()
    assert not window.steps.isVisible()
    assert not window.training.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert not panel(window).isVisible()
    assert window.steps.isVisible()
    assert window.training.isVisible()


@pytest.mark.parametrize("order", [("train", "learn", "explore"), ("learn", "train", "learn", "explore")])
def test_panels_come_back_to_their_places(window: MainWindow, order: tuple[str, ...]) -> None:
    before = [widget.geometry() for widget in (window.steps, window.network, window.step_panel, window.training)]
    for name in order:
        window.action(f"workspace_{name}").trigger()
        window.complete()
    after = [widget.geometry() for widget in (window.steps, window.network, window.step_panel, window.training)]
    assert after == before


def test_the_list_opens_a_lesson_by_mouse_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.action("workspace_learn").trigger()
    listed = panel(window).list
    assert listed.count() == 12
    window.action("all_lessons").trigger()
    place = listed.visualItemRect(listed.item(1)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert panel(window).title.text() == "2. Temperature"
    qtbot.mouseClick(panel(window).buttons[0], Qt.MouseButton.LeftButton)
    assert panel(window).page is None
    assert focused() is listed
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    shown = panel(window).page
    assert shown is not None
    assert shown.lesson.number == 3


def test_keys_go_on_and_back_and_stop_at_the_ends(window: MainWindow, qtbot: QtBot) -> None:
    page(window, 1)
    qtbot.keyClick(window, Qt.Key.Key_PageDown, CONTROL)
    shown = panel(window).page
    assert shown is not None
    assert shown.lesson.number == 2
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CONTROL)
    assert not window.action("previous_lesson").isEnabled()
    page(window, 12)
    assert not window.action("next_lesson").isEnabled()


def test_a_lesson_opens_what_it_is_about_at_its_step(window: MainWindow) -> None:
    for each in lessons():
        page(window, each.number)
        state = window.session.state
        assert state.subject.key == (each.opens or state.subject.key)
        assert not each.step or state.step.id == each.step
        assert window.training.isVisible() == each.training
        assert not notice(window)


@pytest.mark.opens("xor")
def test_what_was_open_comes_back_as_it_stood(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.do(Edit(("W1", (0, 0)), 0.75))
    session.go_to_step("dJ/dW2")
    session.write_in("column")
    before = session.state
    page(window, 8)
    session.write_in("row")
    way = panel(window).back
    assert way.isVisible()
    assert before.subject.title in way.text()
    qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    after = session.state
    assert after.subject is before.subject
    assert after.network is before.network
    assert (after.step.id, after.notation) == ("dJ/dW2", "column")
    assert not way.isVisible()
    window.action("undo").trigger()
    assert session.state.subject.key == "problem:net-s"


def test_a_problem_that_is_open_as_it_is_on_the_shelf_is_not_opened_again(window: MainWindow) -> None:
    before = window.session.state.subject
    page(window, 8)
    assert window.session.state.subject is before
    assert not panel(window).back.isVisible()
    assert not window.session.undo_text


def test_every_kind_of_link_leads_somewhere() -> None:
    assert set(FOLLOW) == set(LINKS)


def test_every_link_of_every_page_does_what_it_says(window: MainWindow) -> None:
    for each in lessons():
        shown = page(window, each.number)
        for link in [link for words in shown.words for link in words.links]:
            if link.target == "train":
                continue
            window.session.tell(None)
            window.learn.follow(link)
            state = window.session.state
            assert link.target == "gradient_check" or not notice(window), (each.name, link)
            assert link.kind != "step" or state.step.id == link.target
            assert link.kind != "notation" or state.notation == link.target
            assert link.kind != "mistake" or state.subject.problem.mistakes == made(link)
            assert link.kind != "problem" or state.subject.key == f"problem:{link.target}"
        window.action("close_notice").trigger()


def made(link: Link) -> tuple[str, ...]:
    return () if link.target == "none" else (link.target,)


def test_notations_that_pages_name_are_there() -> None:
    targets = {link.target for link in all_links() if link.kind == "notation"}
    assert targets <= set(notations())


def all_links() -> list[Link]:
    words = [text for each in lessons() for part in each.parts if isinstance(part, Prose) for text in part.paragraphs]
    return [link for text in words for link in links_in(text)]


def test_a_link_is_followed_by_the_keyboard(window: MainWindow) -> None:
    words = page(window, 8).words[1]
    assert words.links[0].target == "dJ/dz2"
    window.session.go_to(0)
    words.setFocus()
    press(Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert window.session.state.step.id == "dJ/dz2"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (Link("", "step", "dJ/dW9"), "no step dJ/dW9"),
        (Link("", "do", "fly"), "no action fly"),
        (Link("", "mistake", "forgetfulness"), "forgetfulness"),
        (Link("", "set", "W1 = 2"), "no change of a number"),
        (Link("", "settings", "colour=red"), "“colour” is no setting"),
        (Link("", "settings", "batch_size=many"), "no change of settings"),
        (Link("", "lesson", "77-none"), "77-none"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(window: MainWindow, link: Link, told: str) -> None:
    page(window, 8)
    window.learn.follow(link)
    assert told in notice(window)


def test_links_change_numbers_and_settings(window: MainWindow) -> None:
    page(window, 8)
    window.learn.follow(Link("", "set", "W1[0, 1] = 0.25"))
    assert window.session.state.network.parameters["W1"][0, 1] == 0.25
    page(window, 12)
    window.learn.follow(Link("", "settings", "hidden=50-50,activation=relu,batch_size=100"))
    settings = window.session.state.settings
    assert (settings.hidden, settings.activation, settings.batch_size) == ((50, 50), "relu", 100)
    window.learn.follow(Link("", "settings", "hidden="))
    assert window.session.state.settings.hidden == ()


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

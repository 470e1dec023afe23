"""Learn in the window: lessons open beside the pass, links lead into it, and nothing that was open is lost."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.lessons.lesson import LINKS, Link, Prose
from explorer.lessons.page_problems import problem_name
from explorer.lessons.reading import links_in
from explorer.lessons.shelf import lessons
from explorer.panels.lesson_links import FOLLOW
from explorer.panels.main_window import MainWindow
from explorer.session import Edit, RunStatus
from explorer.tape.notation_shelf import notations
from tests.learning import page, panel
from tests.windows import WAIT_MS, focused, is_paused, notice, press, status

CONTROL = Qt.KeyboardModifier.ControlModifier


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
            if link.target == "train":  # what trains is waited for elsewhere
                continue
            window.session.tell(None)
            window.learn.follow(link)
            state = window.session.state
            assert link.target == "gradient_check" or not notice(window), (each.name, link)
            assert link.kind != "step" or state.step.id == link.target
            assert link.kind != "notation" or state.notation == link.target
            assert link.kind != "mistake" or state.subject.problem.mistakes == made(link)
            assert link.kind != "problem" or state.subject.key == f"problem:{problem_name(link.target)}"
        window.action("close_notice").trigger()


def made(link: Link) -> tuple[str, ...]:
    return () if link.target == "none" else (link.target,)


def test_notations_that_pages_name_are_there() -> None:
    targets = {link.target for link in all_links() if link.kind == "notation"}
    assert targets <= set(notations())


def all_links() -> list[Link]:
    words = [text for each in lessons() for part in each.parts if isinstance(part, Prose) for text in part.paragraphs]
    return [link for text in words for link in links_in(text)]


def test_the_trace_goes_on_as_it_is_printed_and_training_refuses_it(window: MainWindow, qtbot: QtBot) -> None:
    page(window, 11)
    for link in (Link("", "problem", "trace-003-slips"), *(Link("", "do", "next_update"),) * 2):
        window.learn.follow(link)
    assert window.session.state.tape.value("z1")[0, 0] == pytest.approx(-1.231059, abs=1e-6)
    window.learn.follow(Link("", "do", "train"))
    qtbot.waitUntil(lambda: status(window) is RunStatus.FAILED, timeout=WAIT_MS)


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
        (Link("", "entry", "dJ/dW9[0,1]"), "no step dJ/dW9"),
        (Link("", "entry", "dJ/dW1"), "“dJ/dW1” is no entry"),
        (Link("", "entry", "dJ/dW1[5,0]"), "dJ/dW1 of the pass that is shown has no entry 5,0"),
        (Link("", "entry", "dJ/dW1[0]"), "no entry 0"),
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


@pytest.mark.parametrize(
    ("number", "mistake", "entry"), [(8, "printed_layout", "dJ/dW1[0,1]"), (10, "jacobian_without_sum", "dJ/dz2[0,1]")]
)
def test_the_entry_that_a_page_names_is_one_at_which_the_mistake_shows(
    window: MainWindow, number: int, mistake: str, entry: str
) -> None:
    shown = page(window, number)
    targets = {link.target: link for words in shown.words for link in words.links}
    window.learn.follow(targets[mistake])
    window.learn.follow(targets[entry])
    window.complete()
    assert window.session.state.selected == (entry.partition("[")[0], (0, 1))
    assert window.step_panel.check.verdict == "✗ differs"


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


@pytest.mark.opens("moons")
def test_a_run_that_goes_on_comes_back_at_rest_and_can_be_gone_on_with(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    window.action("train").trigger()
    qtbot.waitUntil(lambda: session.state.network_step > 20, timeout=WAIT_MS)
    page(window, 8)
    assert session.state.subject.key == "problem:net-s"
    assert status(window) is not RunStatus.RUNNING
    assert len(session.state.runs) == 1
    window.action("leave_lesson").trigger()
    step = session.state.run.step
    assert session.state.subject.key == "data:moons"
    assert step > 20
    window.action("train").trigger()
    qtbot.waitUntil(lambda: session.state.run.step > step + 20, timeout=WAIT_MS)
    window.action("train").trigger()
    qtbot.waitUntil(lambda: is_paused(window), timeout=WAIT_MS)


def test_a_lesson_that_trains_trains_beside_its_page(window: MainWindow, qtbot: QtBot) -> None:
    shown = page(window, 12)
    window.learn.follow(next(link for words in shown.words for link in words.links if link.target == "train"))
    qtbot.waitUntil(lambda: window.session.state.run.step > 20, timeout=WAIT_MS)
    page(window, 11)
    assert not window.training.isVisible()
    assert window.session.state.subject.key == "problem:trace-003"

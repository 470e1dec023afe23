"""What the pass shows is chosen at the top: one sample by its number, or the minibatch; what cannot be says why."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.engine import Network, Problem
from explorer.panels.main_window import MainWindow
from explorer.panels.sample_bar import ONE, WHOLE
from explorer.session import Settings, Subject
from explorer.session.columns import rows_in_file
from explorer.session.opening import open_samples
from tests.windows import opened


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(qtbot, "moons") as made:
        made.steps.setFocus()
        yield made


def place_shown(window: MainWindow) -> str:
    checked = [button.text() for button in window.top.samples.switch.buttons if button.isChecked()]
    return checked[0]


def large() -> tuple[Subject, Settings]:
    problem = Problem(Network.random((784, 64, 10)), np.zeros((9_000, 784)), np.eye(10)[np.zeros(9_000, int)])
    return Subject.of_problem("large", problem), replace(Settings.of_problem(problem), batch_size=9_000)


def test_b_shows_the_minibatch_and_one_sample_again(qtbot: QtBot, window: MainWindow) -> None:
    state = window.session.state
    assert (state.whole, place_shown(window)) == (False, ONE)
    qtbot.keyClick(window, Qt.Key.Key_B)
    size = window.session.state.settings.batch_size
    assert window.session.state.tape.samples == size
    assert (place_shown(window), window.top.samples.field.text()) == (WHOLE, f"1 of {size}")
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert (window.session.state.tape.samples, place_shown(window)) == (1, ONE)


def test_the_switch_is_used_by_mouse_too(qtbot: QtBot, window: MainWindow) -> None:
    one, whole = window.top.samples.switch.buttons
    qtbot.mouseClick(whole, Qt.MouseButton.LeftButton)
    assert window.session.state.whole
    assert window.action("whole_batch").isChecked()
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert not window.session.state.whole


def test_a_number_is_typed_and_the_keys_go_back(qtbot: QtBot, window: MainWindow) -> None:
    field = window.top.samples.field
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    qtbot.keyClicks(field, "23")
    assert window.session.state.sample == 0
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.state.sample == 22
    assert window.steps.hasFocus()


def test_escape_drops_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    field = window.top.samples.field
    window.action("choose_sample").trigger()
    qtbot.keyClicks(field, "23")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (window.session.state.sample, field.value()) == (0, 1)
    assert window.steps.hasFocus()


def test_the_arrows_go_on_and_letters_stay_in_the_field(qtbot: QtBot, window: MainWindow) -> None:
    field = window.top.samples.field
    window.action("choose_sample").trigger()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert window.session.state.sample == 1
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert window.session.state.sample == window.session.state.samples - 1
    qtbot.keyClick(field, Qt.Key.Key_B)
    assert not window.session.state.whole


def test_in_a_minibatch_the_numbers_are_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_B)
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    state, field = window.session.state, window.top.samples.field
    assert state.row == state.tape.samples - 1
    assert field.value() == state.tape.samples == field.maximum()
    assert f"Sample {state.drawn + 1}," in field.toolTip()
    window.action("choose_sample").trigger()
    qtbot.keyClicks(field, "3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.state.row == 2
    assert window.network.accessibleName()


def test_the_card_says_which_samples_and_the_next_update_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    line = window.step_panel.minibatch
    assert line.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_B)
    first = window.session.state.minibatch
    assert line.isVisible()
    assert line.text().startswith(f"minibatch 1 of 10: samples {first[0] + 1}, {first[1] + 1}, ")
    assert str(first[-1] + 1) in line.toolTip().replace("\n", " ").split(", ")[-1]
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert line.text().startswith(f"minibatch 2 of 10: samples {window.session.state.minibatch[0] + 1}, ")
    assert not set(first) & set(window.session.state.minibatch)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert line.text().startswith("minibatch 1 of 10: ")
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert line.isHidden()


def test_of_few_samples_all_are_the_minibatch_and_need_no_names(qtbot: QtBot) -> None:
    window = create_window("xor")
    qtbot.addWidget(window)
    window.show()
    assert place_shown(window) == WHOLE
    assert window.step_panel.minibatch.isHidden()
    assert "all 4 samples" in window.top.samples.switch.buttons[1].toolTip()
    window.close()


def test_what_cannot_be_shown_says_why_and_the_switch_stands(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open(*large())
    whole = window.top.samples.switch.buttons[1]
    sentence = whole.toolTip()
    assert sentence.startswith("A minibatch of 9,000 samples is too large to be shown")
    assert window.action("whole_batch").toolTip() == sentence
    qtbot.mouseClick(whole, Qt.MouseButton.LeftButton)
    notice = window.session.state.notice
    assert notice is not None
    assert notice.text == sentence
    assert place_shown(window) == ONE
    assert not window.action("whole_batch").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert place_shown(window) == ONE
    assert not window.action("whole_batch").isChecked()


def test_one_sample_needs_no_choice(qtbot: QtBot) -> None:
    window = create_window("net-s")
    qtbot.addWidget(window)
    window.show()
    assert window.top.samples.isHidden()
    assert not window.action("whole_batch").isEnabled()
    assert window.action("whole_batch").toolTip() == "There is one sample: its pass is that of the whole minibatch."
    window.close()


def test_h_shows_held_out_samples_and_esc_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    window.session.show_sample(3)
    field, held_out = window.top.samples.field, len(window.session.state.subject.test_X)
    qtbot.keyClick(window, Qt.Key.Key_H)
    assert field.text() == f"held-out 1 of {held_out}"
    assert window.action("held_out_samples").isChecked()
    assert not any(button.isChecked() for button in window.top.samples.switch.buttons)
    assert window.step_panel.minibatch.text() == "held-out sample 1; its update is not made"
    assert window.network.accessibleName().endswith("at the held-out sample 1")
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    assert field.text() == f"held-out 2 of {held_out}"
    assert field.toolTip().startswith("Held-out sample 2.")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert (window.session.state.sample, place_shown(window)) == (3, ONE)
    assert window.step_panel.minibatch.isHidden()
    assert field.text() == f"4 of {window.session.state.samples}"


def test_the_number_of_a_held_out_sample_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    window.action("held_out_samples").trigger()
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.top.samples.field, "12")
    qtbot.keyClick(window.top.samples.field, Qt.Key.Key_Return)
    np.testing.assert_array_equal(window.session.state.tape.given["x"][0], window.session.state.subject.test_X[11])


def test_one_sample_and_the_minibatch_lead_back_from_held_out_samples(qtbot: QtBot, window: MainWindow) -> None:
    one, whole = window.top.samples.switch.buttons
    window.action("held_out_samples").trigger()
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert (window.session.state.guest is None, place_shown(window)) == (True, ONE)
    window.action("held_out_samples").trigger()
    qtbot.mouseClick(whole, Qt.MouseButton.LeftButton)
    assert (window.session.state.guest is None, place_shown(window)) == (True, WHOLE)


def test_n_says_why_no_update_is_made_with_a_held_out_sample(qtbot: QtBot, window: MainWindow) -> None:
    window.action("held_out_samples").trigger()
    theta = window.session.state.network.theta.copy()
    qtbot.keyClick(window, Qt.Key.Key_N)
    notice = window.session.state.notice
    assert notice is not None
    assert "not trained on" in notice.text
    np.testing.assert_array_equal(window.session.state.network.theta, theta)


def test_a_number_or_the_next_sample_leads_back_from_a_drawn_digit(qtbot: QtBot) -> None:
    window = create_window("digits")
    qtbot.addWidget(window)
    window.show()
    window.session.show_sample(7)
    field = window.top.samples.field
    for by_number in (False, True):
        window.session.show_drawing()
        assert field.text() == "drawn digit"
        if by_number:
            field.setValue(8)
        else:
            window.action("next_sample").trigger()
        assert (window.session.state.guest is None, window.session.state.sample) == (True, 7)
        assert field.text() == "8 of 1,348"
    window.close()


def test_a_sample_of_a_file_says_its_line(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("x,class\n# a remark\n" + "\n".join(f"{k},{'ab'[k % 2]}" for k in range(20)), "utf-8")
    with opened(qtbot, "moons") as window:
        window.session.open(*open_samples(path))
        found = rows_in_file(window.session.state.subject, "train")
        assert found is not None
        for place in (0, 4):
            window.session.show_place(place)
            row = found.rows[place] + 1
            assert f", row {row}, line {row + 2} of mine.csv" in window.top.samples.field.toolTip()

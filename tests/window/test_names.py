"""What a screen reader calls the controls of the window: all of them, by what they are for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.actions import ACTIONS
from explorer.panels.data.opening_dialog import OpeningDialog
from explorer.panels.keys_dialog import KeysDialog
from explorer.panels.main_window import MainWindow
from explorer.panels.step import matrix
from explorer.panels.training.plots import CurvePlot
from explorer.session import Notice, RunStatus
from tests.windows import WAIT_MS

pytestmark = pytest.mark.opens("xor")

VALUES = {"", "SGD", "sigmoid", "tanh", "Regions", "XOR — what one layer cannot do", "4 digits", "Step", "Start"}
"""Names that would tell a value, or what is written on a button, in the place of the purpose."""


def controls(window: MainWindow) -> list[QWidget]:
    """Return every visible widget that a key can reach, and the plots."""
    reached = [w for w in window.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    reached = [w for w in reached if w.focusProxy() is None]
    return [*reached, *(plot for plot in window.findChildren(CurvePlot) if plot.isVisible())]


def heard_name(widget: QWidget) -> str:
    """Return what a reader says: the label where there is one, else the name."""
    found = QAccessible.queryAccessibleInterface(widget)
    label = QAccessible.RelationFlag.Label
    labels = [other.text(QAccessible.Text.Name) for other, relation in found.relations() if relation is label]
    return labels[0] if labels else found.text(QAccessible.Text.Name)


def show_state(window: MainWindow, state: str) -> None:
    """Bring the window into one of the states that the test walks through."""
    if state == "whole batch":
        window.action("whole_batch").trigger()
    elif state == "softmax":
        window.session.go_to_step("p")
    elif state == "nudge":
        window.session.go_to_step("dJ/dW1")
        window.step_panel.check.nudge_wanted.setChecked(True)
    elif state in {"chain_view", "jacobian_view"}:
        window.session.go_to_step("dJ/dz1")
        window.action(state).trigger()
    elif state == "Train":
        window.set_workspace("Train")
    elif state == "notice":
        window.action("gradient_check").trigger()
    elif state == "pictures":
        window.action("next_picture").trigger()
    window.complete()


STATES = ("first step", "whole batch", "softmax", "nudge", "chain_view", "jacobian_view", "Train", "notice", "pictures")


@pytest.mark.parametrize("state", STATES)
def test_every_control_has_a_name_that_tells_its_purpose(window: MainWindow, state: str) -> None:
    show_state(window, state)
    for _ in range(4 if state == "pictures" else 1):
        named = {w: heard_name(w) for w in controls(window)}
        assert len(named) > 25
        wrong = [(type(w).__name__, w.objectName(), name) for w, name in named.items() if name in VALUES]
        assert not wrong
        assert not unheard_pickers(window)
        assert not [name for name in named.values() if set(name) & set("∂ᵀ₁₂⁽⁾×☰◐‹›✕")]
        if state == "pictures":
            window.action("next_picture").trigger()
            window.complete()


def unheard_pickers(place: QWidget) -> list[str]:
    """Return the pickers whose own name, read without any label, is not their purpose and what is chosen."""
    pickers = [w for w in place.findChildren(QComboBox) if w.isVisible()]
    assert all(w.accessibleName() for w in pickers)
    said = [(own_name(w), f"{w.accessibleName()}: {w.currentText()}") for w in pickers]
    return [name for name, wanted in said if name != wanted]


def own_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_pickers_are_called_by_their_purpose_and_what_is_chosen(window: MainWindow) -> None:
    pickers = [w for w in window.findChildren(QComboBox) if w.isVisible()]
    activation = window.training.controls.form.activation
    assert own_name(activation) == "Activation of the hidden layers: tanh"
    activation.setCurrentIndex(activation.findData("sigmoid"))
    assert own_name(activation) == "Activation of the hidden layers: sigmoid"
    heard = QAccessible.queryAccessibleInterface(activation)
    assert heard.text(QAccessible.Text.Value) == "sigmoid"
    assert heard.role() is QAccessible.Role.ComboBox
    assert heard.child(0).childCount() == activation.count()
    purposes = {"problem", "data", "activation of the hidden layers", "optimiser"}
    assert {heard_name(w).casefold() for w in pickers} >= purposes
    window.resize(window.minimumSize())
    assert heard_name(window.top.problems) == "Problem"
    assert window.top.notation.accessibleName().startswith("Notation: ")


DIALOGS = ("data", "optimisers", "side by side", "keys", "opening")


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    dialog = open_dialog(window, qtbot, tmp_path, name)
    dialog.show()
    qtbot.waitExposed(dialog)
    named = {w: heard_name(w) for w in reached_in(dialog)}
    assert len(named) >= (1 if name in {"side by side", "opening"} else 3)
    assert not [(type(w).__name__, w.objectName()) for w, words in named.items() if words in VALUES]
    assert not unheard_pickers(dialog)
    assert dialog.windowTitle()
    dialog.close()


def reached_in(place: QWidget) -> list[QWidget]:
    reached = [w for w in place.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [w for w in reached if w.focusProxy() is None]


def open_dialog(window: MainWindow, qtbot: QtBot, folder: Path, name: str) -> QWidget:
    """Open one of the dialogs as its action does."""
    if name == "data":
        path = folder / "mine.csv"
        path.write_text("x;noise;answer\n" + "".join(f"{k};{k % 3};{k % 2}\n" for k in range(40)), "utf-8")
        window.files.open_named(str(path))
        qtbot.waitUntil(lambda: not window.files.opener._background.working, timeout=WAIT_MS)
        opened = window.files.opener.dialog
    elif name == "keys":
        window.action("keys").trigger()
        opened = window.findChild(KeysDialog)
    elif name == "opening":
        opened = OpeningDialog("digits", window.files.opener._background, window)
        qtbot.addWidget(opened)
    else:
        for seed in (5, 6):
            window.session.configure(replace(window.session.state.settings, seed=seed))
            window.action("train_epoch").trigger()
            qtbot.waitUntil(lambda: window.session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)
            window.action("keep_run").trigger()
        window.action("compare_optimizers" if name == "optimisers" else "compare_runs").trigger()
        opened = window.runs.dialog
    assert opened is not None
    return opened


def test_letters_of_a_menu_are_each_of_one_action(window: MainWindow) -> None:
    button = window.top.findChild(QToolButton, "menu")
    assert isinstance(button, QToolButton)
    parts = [action.menu() for action in button.menu().actions()]
    menus = [button.menu(), *(part for part in parts if isinstance(part, QMenu))]
    assert len(menus) > 5
    for status in (RunStatus.PAUSED, RunStatus.RUNNING):
        window.session.set_status(status)
        for menu in menus:
            texts = [action.text() for action in menu.actions() if not action.isSeparator()]
            letters = [letter_of(text) for text in texts]
            assert all(letters), texts
            assert len(set(letters)) == len(letters), sorted(zip(letters, texts, strict=True))
    window.session.set_status(RunStatus.PAUSED)


def letter_of(text: str) -> str:
    """Return the letter that a menu underlines."""
    found = re.search("&([^&])", text.replace("&&", ""))
    return found[1].casefold() if found else ""


def test_every_action_has_words_and_stands_in_the_menu(window: MainWindow) -> None:
    button = window.top.findChild(QToolButton, "menu")
    assert isinstance(button, QToolButton)
    reached = set(leaves(button.menu()))
    for row in ACTIONS:
        action = window.action(row.name)
        assert action in reached
        assert action.text().replace("&", "").strip()
        assert action.toolTip()
        assert action.statusTip()
        if row.keys and row.name not in {"undo", "redo"}:
            assert all(action.shortcuts())


def leaves(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from leaves(inner)
        else:
            yield action


def test_a_cell_is_told_as_the_keys_reach_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(matrix, "announce", lambda _widget, sentence: heard.append(sentence))
    window.session.go_to_step("dJ/dW1")
    result = window.step_panel.equation.result
    result.setFocus()
    assert result.accessibleDescription().startswith("row 1 column 1 of dJ by dW1: ")
    QTest.keyClick(result, Qt.Key.Key_Right)
    assert heard[0].startswith("row 1 column 2 of dJ by dW1: ")
    assert "−" not in heard[0]
    assert result.accessibleDescription() == heard[0]


def test_what_is_told_is_sent_to_a_reader_that_listens(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: sent.append(event.message()))
    window.session.go_to_step("dJ/dz1")
    assert sent[0].endswith("equals dJ by dh times tanh prime of z1 elementwise")
    window.session.tell(Notice("Something cannot be read: choose another."))
    assert sent[-1] == "Something cannot be read: choose another."

"""The bar at the top: which problem, which notation, which sample, which workspace."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QWidget,
)

from explorer.data import SETS
from explorer.panels.labelled import labelled
from explorer.panels.notation_button import NotationButton
from explorer.panels.picker import Picker
from explorer.panels.sample_bar import SampleBar, button
from explorer.panels.segments import Segments
from explorer.session import State
from explorer.session.story import story
from explorer.tape.mistakes import Mistake, mistakes_of, titles
from explorer.workspaces import WORKSPACES

EDITED = " (edited)"
WHY_EDITED = "Numbers were changed by hand. Ctrl+S saves them; choosing the problem again brings its own back."


def menu_button(menu: QMenu) -> QToolButton:
    """Return the button that opens the menu of everything, by mouse and by F10."""
    button = QToolButton()
    button.setObjectName("menu")
    button.setText("☰")
    button.setToolTip("Menu (F10)")
    button.setShortcut("F10")
    button.setProperty("flat", True)
    button.setAccessibleName("Menu")
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu.aboutToHide.connect(partial(QTimer.singleShot, 0, button, partial(let_go, button)))
    return button


def let_go(button: QToolButton) -> None:
    """Let a button look as it is: Qt tells it of no mouse that went off while its menu, or one below that, was open."""
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, button.rect().contains(button.mapFromGlobal(QCursor.pos())))
    button.update()


def source_of(key: str) -> str:
    """Return where the samples of a built-in set come from; nothing for what is none."""
    kind, _, name = key.partition(":")
    return f"Source: {SETS[name].source}" if kind == "data" and name in SETS else ""


class MistakeLabel(QToolButton):
    """Says that the problem makes mistakes on purpose, and leads to the lab; its tip has which and what is right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mistakes")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_mistakes(self, mistakes: Sequence[Mistake], puzzle: int = 0) -> None:
        """Show how many there are, or that a puzzle of that number hides one; hide where there are none."""
        if puzzle:
            self.setText("a mistake is hidden")
            self.setAccessibleName(f"{self.text()}: puzzle {puzzle}")
            self.setToolTip(f"Puzzle {puzzle}: one mistake is made. Which, and where does it begin?\n\nMistake lab (X)")
            self.show()
            return
        many = len(mistakes) > 1
        self.setText(f"{len(mistakes)} mistakes on purpose" if many else "mistake on purpose")
        self.setAccessibleName(f"{self.text()}: {titles(mistakes)}")
        lines = (f"{m.title.capitalize()}: {m.sentence}.\nRight: {m.correct}." for m in mistakes)
        self.setToolTip("\n\n".join((*lines, "Mistake lab (X)")))
        self.setVisible(bool(mistakes))


class TopBar(QFrame):
    """Problem picker, notation, sample picker and workspace switch.

    Signals
    -------
    problem_chosen
        The key of a subject: "problem:..." or "data:...".
    workspace_chosen
        "Explore", "Train" or "Learn".
    """

    problem_chosen = Signal(str)
    workspace_chosen = Signal(str)
    _resized = Signal()

    def __init__(self, actions: dict[str, QAction], menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.problems = Picker()
        self.problems.setObjectName("problem_picker")
        self.problems.setAccessibleName("Problem")
        self.problems.setMinimumWidth(120)
        self.problems.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.problems.setMinimumContentsLength(28)
        self.problems.activated.connect(self._chosen)
        self._resized.connect(self._make_room, Qt.ConnectionType.QueuedConnection)
        self._marked: tuple[int, frozenset[str]] = (-1, frozenset())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 7, 16, 7)
        self._row.setSpacing(8)
        self._row.addWidget(menu_button(menu))
        brand = labelled("Backprop Explorer", "brand")
        brand.setContentsMargins(0, 0, 16, 0)
        self._row.addWidget(brand)
        label = labelled("Problem", "muted")
        label.setBuddy(self.problems)
        self._row.addWidget(label)
        self._spare: tuple[QWidget, ...] = (brand, label)
        self._row.addWidget(self.problems)
        self.mistakes = MistakeLabel()
        self._row.addWidget(self.mistakes)
        self._row.addSpacing(12)
        self.notation = NotationButton(actions["numerator_layout"])
        self._row.addWidget(self.notation)
        self._row.addSpacing(12)
        self.samples = SampleBar(actions)
        self._row.addWidget(self.samples)
        self._row.addStretch()
        tips = [actions[f"workspace_{name.lower()}"].toolTip() for name in WORKSPACES]
        self.workspaces = Segments(tuple(WORKSPACES), tips, purpose="Workspace")
        self.workspaces.chosen.connect(self.workspace_chosen)
        self._row.addWidget(self.workspaces)
        self._row.addSpacing(8)
        self._row.addWidget(button(actions["dark"], "◐"))

    def offer(self, problems: Sequence[tuple[str, str]], data: Sequence[tuple[str, str]]) -> None:
        """Fill the picker with (name, title) of problems and of data sets."""
        self._marked = -1, frozenset()
        self.problems.clear()
        for name, title in problems:
            self.problems.addItem(title, f"problem:{name}")
        self.problems.insertSeparator(self.problems.count())
        for name, title in data:
            self.problems.addItem(title, f"data:{name}")
            tip = source_of(f"data:{name}")
            self.problems.setItemData(self.problems.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def show_state(self, state: State) -> None:
        """Show the state's subject and sample."""
        row = self.problems.findData(state.subject.key)
        if row < 0:
            self.problems.addItem(state.subject.title, state.subject.key)
            row = self.problems.count() - 1
        if (row, state.edited) != self._marked:
            self._marked = row, state.edited
            for each in range(self.problems.count()):
                self._mark(each, state.edited if each == row else frozenset())
        self.problems.setCurrentIndex(row)
        told = story(state.subject)
        if told != self.problems.toolTip():
            self.problems.setToolTip(told)
            self.problems.setAccessibleDescription(told)
        problem = state.subject.problem
        self.mistakes.show_mistakes(mistakes_of(problem), problem.puzzle)
        self.notation.show_notation(state.script)
        before = self.samples.field.minimumWidth()
        self.samples.show_state(state)
        self._make_room()
        if self.samples.field.minimumWidth() != before:
            self._resized.emit()  # the bar's own layout learns of that in a turn of the event loop

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another choice of what need not be there, but not while a layout is at work."""
        super().resizeEvent(event)
        self._resized.emit()

    @Slot()
    def _make_room(self) -> None:
        """Show the program's name and the labels before the pickers as far as there is room, the labels first.

        What is left is the problem's, for as much of its title as it has room for.
        """
        shares = [widget.minimumSizeHint().width() + self._row.spacing() for widget in self._spare]
        there = [share for widget, share in zip(self._spare, shares, strict=True) if not widget.isHidden()]
        room = self.width() - (self._row.minimumSize().width() - sum(there))
        for widget, share in zip(reversed(self._spare), reversed(shares), strict=True):
            widget.setVisible(share <= room)
            room -= share
        self.problems.take_more(self.width() - self._row.sizeHint().width() + self.problems.more)

    def _mark(self, row: int, edited: frozenset[str]) -> None:
        """Mark a problem as edited, or not."""
        title = self.problems.itemText(row).removesuffix(EDITED)
        wanted = title + EDITED if edited else title
        if self.problems.itemText(row) != wanted:
            self.problems.setItemText(row, wanted)
            tip = WHY_EDITED if edited else source_of(self.problems.itemData(row))
            self.problems.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)

    def show_workspace(self, name: str) -> None:
        """Mark a workspace as the one that is shown."""
        self.workspaces.show_place(name)

    def _chosen(self, row: int) -> None:
        key = self.problems.itemData(row)
        if key is not None:
            self.problem_chosen.emit(key)

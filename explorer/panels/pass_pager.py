"""The foot of the list of steps: which pass it is, and the ways to the next one and to the one before."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from explorer.panels.naming import name_by_action
from explorer.panels.steady_label import SteadyLabel
from explorer.session import State
from explorer.session.counting import pass_words

WORDS = {"previous_update": "‹", "next_update": "›"}


class PassPager(QWidget):
    """Shows how many updates were made, between the buttons that go back and on by one.

    Parameters
    ----------
    actions
        The window's actions by object name: previous_update, next_update.
    """

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel("pass 1,\nbefore any update")  # as high as whatever it says
        self._label.setObjectName("pass_words")
        self._label.setProperty("role", "small")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 0)
        row.setSpacing(4)
        row.addWidget(button(actions["previous_update"]))
        row.addWidget(SteadyLabel(self._label), 1)
        row.addWidget(button(actions["next_update"]))

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return self._label.text().replace("\n", " ")

    def show_state(self, state: State) -> None:
        """Show which pass the state's tape is of."""
        words = pass_words(state)
        if self.text != words:
            self._label.setText(words.replace(", ", ",\n"))
            self.setAccessibleName(words)


def button(action: QAction) -> QToolButton:
    """Return the button of an action, with a sign for its words."""
    action.setIconText(WORDS[action.objectName()])
    made = QToolButton()
    made.setObjectName(f"{action.objectName()}_button")
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    made.setFixedSize(30, 28)
    name_by_action(made, action)
    return made

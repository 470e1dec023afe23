"""The button that says how everything is written, and offers the other notations and the layout of gradients."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import notations


class NotationButton(QToolButton):
    """Names the notation; ``chosen`` carries the name of the one that a person picks.

    Parameters
    ----------
    layout
        The action that exchanges the layouts of gradients.
    """

    chosen = Signal(str)

    def __init__(self, layout: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notation_picker")
        self.setProperty("flat", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.rows = rows_in(menu)
        for name, action in self.rows.items():
            action.triggered.connect(lambda _checked, name=name: self.chosen.emit(name))
        menu.addSeparator()
        menu.addAction(layout)
        self.setMenu(menu)

    def show_notation(self, script: Notation) -> None:
        """Name the notation in use, and mark another layout than the usual."""
        text = script.short if script.layout == "denominator" else f"{script.short}, {script.layout}"
        if text == self.text():
            return
        self.rows[script.name].setChecked(True)
        self.setText(text)
        self.setToolTip(f"{script.about} Gradients are in {script.layout} layout.")
        self.setAccessibleName(f"Notation: {text}")


def rows_in(menu: QMenu) -> dict[str, QAction]:
    """Add an action for each notation, one of which is checked, and return them by name."""
    group = QActionGroup(menu)
    made: dict[str, QAction] = {}
    for name, script in notations().items():
        made[name] = menu.addAction(script.title)
        made[name].setCheckable(True)
        made[name].setToolTip(script.about)
        group.addAction(made[name])
    return made

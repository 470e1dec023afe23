"""Parts of the step card that hold no state: its foot, hairlines, and what keeps its head from jumping."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

SIDE, BOTTOM = 16, 8


def foot_of(entry: QWidget, title: QWidget, switch: QWidget, chain: QWidget) -> QWidget:
    """Return the entry in numbers, and the chain under its title and its switch.

    Both are in sight however large the matrices are: these are scrolled above the foot.
    """
    foot, head = QWidget(), QHBoxLayout()
    column = QVBoxLayout(foot)
    column.setContentsMargins(SIDE, 0, SIDE, BOTTOM)
    column.setSpacing(6)
    head.addWidget(title)
    head.addStretch(1)
    head.addWidget(switch)
    column.addWidget(entry)
    column.addLayout(head)
    column.addWidget(chain)
    return foot


def strut(height: int) -> QWidget:
    """Return what holds a line open: titles of one and of two lines take the same room."""
    made = QWidget()
    made.setFixedSize(0, height)
    return made


def rule() -> QFrame:
    """Return a hairline."""
    line = QFrame()
    line.setProperty("rule", True)
    return line

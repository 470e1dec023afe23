"""A label that the style sheet knows by its role: a title, what is said beside, a number."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.graph.raising import rich


def labelled(text: str, role: str) -> QLabel:
    """Return a label of a role that ``stylesheet`` dresses."""
    label = QLabel(text)
    label.setProperty("role", role)
    return label


def show_raised(label: QLabel, text: str) -> None:
    """Show a text with layers in brackets raised; whatever a person typed into it is never taken for HTML."""
    html = rich(text)
    label.setTextFormat(Qt.TextFormat.PlainText if html == text else Qt.TextFormat.RichText)
    label.setText(html)

"""A label that the style sheet knows by its role: a title, what is said beside, a number."""

from PySide6.QtWidgets import QLabel


def labelled(text: str, role: str) -> QLabel:
    """Return a label of a role that ``stylesheet`` dresses."""
    label = QLabel(text)
    label.setProperty("role", role)
    return label

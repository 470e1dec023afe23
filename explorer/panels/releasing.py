"""Where the keys go once a field has been filled in: to what holds it, so that plain keys are shortcuts again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def release(field: QWidget) -> None:
    """Give the focus to the nearest holder of a field that a click beside the field would give it to."""
    holder = field.parentWidget()
    while holder is not None and not holder.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        holder = holder.parentWidget()
    if holder is None:
        field.clearFocus()
    else:
        holder.setFocus()

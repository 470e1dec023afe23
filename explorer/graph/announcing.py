"""What is said aloud as it happens, where someone listens: a step that is taken, a cell that keys have reached."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Let a screen reader say a sentence about a widget; without one, nothing is done.

    Parameters
    ----------
    urgent
        Whether what is being said is cut short for it.
    """
    if not QAccessible.isActive() or not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)

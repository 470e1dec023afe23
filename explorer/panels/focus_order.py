"""Where Tab leads: through the panels in the order in which they are read, however late a widget was made."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget


def order_tabs(panels: Iterable[QWidget]) -> None:
    """Let Tab go through the panels one after the other, and in each from the top and the left."""
    stops = [stop for panel in panels for stop in stops_of(panel)]
    for earlier, later in pairwise(stops):
        QWidget.setTabOrder(earlier, later)


def stops_of(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets within a widget that can have the keys, hidden ones too, in reading order.

    A card that only a click gives the keys to is among them: Tab goes on from it to its first control.
    """
    if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    for child in parts_of(widget):
        yield from stops_of(child)


def parts_of(widget: QWidget) -> list[QWidget]:
    """Return the parts of a widget: those of its layout in its order, then the others as they were made."""
    layout = widget.layout()
    placed = list(placed_by(layout)) if layout is not None else []
    others = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return placed + [child for child in others if child not in placed and not child.isWindow()]


def placed_by(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout and of the layouts in it."""
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from placed_by(inner)


def is_lost(widget: QWidget | None) -> bool:
    """Tell whether the widget that had the keys can be seen or used no more."""
    return widget is None or not widget.isVisible() or not widget.isEnabled()


def focus_within(widget: QWidget) -> bool:
    """Tell whether the keys go to the widget or to a part of it."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))

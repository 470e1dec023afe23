"""Where Tab leads: through the panels in the order in which they are read, however late a widget was made."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


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
    children = widget.findChildren(QWidget, options=DIRECT)
    layout = widget.layout()
    placed = list(placed_by(layout, children)) if layout is not None else []
    return placed + [child for child in children if child not in placed and not child.isWindow()]


def placed_by(layout: QLayout, children: list[QWidget]) -> Iterator[QWidget]:
    """Yield those of the widgets that a layout, or a layout in it, has: in its order.

    The layout is asked for each widget's place, and not for its items (``QLayout.itemAt``): PySide keeps an item it has
    handed out for as long as the layout, also when Qt has long deleted it, and the process crashes once another object
    lies at its address.
    """
    parts: list[QWidget | QLayout] = [*children, *layout.findChildren(QLayout, options=DIRECT)]
    places = [(layout.indexOf(part), part) for part in parts]
    for _, part in sorted((pair for pair in places if pair[0] >= 0), key=itemgetter(0)):
        if isinstance(part, QLayout):
            yield from placed_by(part, children)
        else:
            yield part


def is_lost(widget: QWidget | None) -> bool:
    """Tell whether the widget that had the keys can be seen or used no more."""
    return widget is None or not widget.isVisible() or not widget.isEnabled()


def focus_within(widget: QWidget) -> bool:
    """Tell whether the keys go to the widget or to a part of it."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))

"""The transport: first, back, play, forward, last, and a slider with a mark for every step."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QToolButton, QWidget

from explorer.panels.labelled import labelled
from explorer.panels.naming import name_by_action
from explorer.panels.stylesheet import faint
from explorer.panels.theme import LIGHT, Palette
from explorer.session import State

TRIANGLE = ((0.32, 0.22), (0.32, 0.78), (0.76, 0.50))
SIDE, GAP, APART, BUTTON = 16, 4, 8, 34
"""Pixels at the card's sides, between its parts, more beside the slider, and the width of a button."""
SHORTEST, HANDY = 40, 120
"""Width of the slider where there is little room, and what it has before the keys are told beside it."""
BARS = {"play": (), "first": (0.22,), "last": (0.72,)}


def triangle_icon(name: str, colour: QColor, disabled: QColor) -> QIcon:
    """Return a transport symbol with its form for a button that can not be pressed."""
    icon = QIcon(symbol(name, colour))
    icon.addPixmap(symbol(name, disabled), QIcon.Mode.Disabled)
    return icon


def symbol(name: str, colour: QColor, pixels: int = 20) -> QPixmap:
    """Draw a transport symbol: play, forward, back, first, last or pause."""
    pixmap = QPixmap(pixels * 2, pixels * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour)
    if name == "pause":
        for left in (0.28, 0.58):
            painter.drawRoundedRect(QRectF(left * pixels, 0.24 * pixels, 0.14 * pixels, 0.52 * pixels), 1, 1)
    else:
        mirrored = name in {"back", "first"}
        points = [((1 - x if mirrored else x) * pixels, y * pixels) for x, y in TRIANGLE]
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
        for left in BARS.get(name, ()):
            painter.drawRect(QRectF(left * pixels, 0.24 * pixels, 0.06 * pixels, 0.52 * pixels))
    painter.end()
    return pixmap


def groove_pen(colour: QColor) -> QPen:
    """Return the pen of the slider's groove."""
    return QPen(colour, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


class StepSlider(QSlider):
    """A slider over the steps of a tape: a dot a step, a wider gap between phases left to the eye by the dots' ink."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.palette_in_use: Palette = LIGHT
        self.setMinimumWidth(SHORTEST)
        self.setFixedHeight(28)
        self.setPageStep(5)
        self.setAccessibleName("Step of the pass")

    def _x(self, value: int) -> float:
        span = max(self.maximum() - self.minimum(), 1)
        return 10 + (self.width() - 20) * (value - self.minimum()) / span

    def _value_at(self, x: float) -> int:
        share = (x - 10) / max(self.width() - 20, 1)
        return self.minimum() + round(share * (self.maximum() - self.minimum()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove, the marks and the handle."""
        painter, palette = QPainter(self), self.palette_in_use
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, here = self.height() / 2, self._x(self.value())
        painter.setPen(groove_pen(palette.colour("hairline")))
        painter.drawLine(QPointF(10, middle), QPointF(self.width() - 10, middle))
        painter.setPen(groove_pen(palette.colour("accent")))
        painter.drawLine(QPointF(10, middle), QPointF(here, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        if self.maximum() * 6 < self.width():
            for value in range(self.minimum(), self.maximum() + 1):
                painter.setBrush(palette.colour("card" if value < self.value() else "muted"))
                painter.drawEllipse(QPointF(self._x(value), middle), 1.6, 1.6)
        painter.setBrush(palette.colour("card"))
        painter.setPen(QPen(palette.colour("accent"), 2.5))
        painter.drawEllipse(QPointF(here, middle), 7, 7)
        if self.hasFocus():
            painter.setBrush(palette.colour("accent"))
            painter.drawEllipse(QPointF(here, middle), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the mouse is, at once."""
        self.setValue(self._value_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._value_at(event.position().x()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is left to do: presses and moves have acted."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the stepping keys to the window's actions, which act the same everywhere."""
        event.ignore()


class Transport(QFrame):
    """The card under the drawing.

    Parameters
    ----------
    actions
        The window's actions by object name: first_step, step_back, play, step_forward, last_step.
    """

    _resized = Signal()
    BUTTONS = (("first_step", "first"), ("step_back", "back"), ("play", "play"), ("step_forward", "forward"))

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setProperty("transport", True)
        self._actions = actions
        self._label = labelled("", "title")
        keys = labelled("← →  Space", "small")
        self._keys = keys
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 7, SIDE, 7)
        row.setSpacing(GAP)
        for name, _symbol in (*self.BUTTONS, ("last_step", "last")):
            row.addWidget(self._button(actions[name], primary=name == "play"))
        self.slider = StepSlider(self)  # after the buttons, for Tab goes by the order of making
        row.addSpacing(APART)
        row.addWidget(self.slider, 1)
        row.addSpacing(APART)
        row.addWidget(self._label)
        row.addWidget(keys)
        self._position, self._steps = 0, 1
        self.setMinimumWidth(self._around() + SHORTEST)
        self._resized.connect(self._make_room, Qt.ConnectionType.QueuedConnection)
        self.set_palette(LIGHT)

    def _button(self, action: QAction, *, primary: bool) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setIconSize(QSize(20, 20))
        button.setFixedSize(BUTTON, 30)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setProperty("primary" if primary else "flat", True)
        name_by_action(button, action)
        return button

    def set_palette(self, palette: Palette) -> None:
        """Take another look."""
        self.slider.palette_in_use = palette
        disabled = QColor(faint(palette))
        for name, symbol in (*self.BUTTONS, ("last_step", "last")):
            role = "on_accent" if name == "play" else "ink"
            shown = "pause" if name == "play" and self._actions[name].isChecked() else symbol
            self._actions[name].setIcon(triangle_icon(shown, palette.colour(role), disabled))
        self.slider.update()

    def show_state(self, state: State) -> None:
        """Show where the state stands on its tape."""
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(state.tape) - 1)
        self.slider.setValue(state.position)
        self.slider.blockSignals(False)
        self._position, self._steps = state.position + 1, len(state.tape)
        self.slider.setAccessibleDescription(f"step {self._position} of {self._steps}")
        self._make_room()
        self.slider.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another choice of words, but not while a layout is at work."""
        super().resizeEvent(event)
        self._resized.emit()

    def _around(self) -> int:
        """Return the width of what stands beside the slider and the words."""
        buttons = len(self.BUTTONS) + 1
        return 2 * SIDE + buttons * (BUTTON + GAP) + 2 * (APART + GAP)

    @Slot()
    def _make_room(self) -> None:
        """Leave out the keys, then the word, then the number: what is shown is shown whole."""
        room, advance = self.width() - self._around(), self._label.fontMetrics().horizontalAdvance
        place, widest = f"{self._position} of {self._steps}", f"{self._steps} of {self._steps}"
        keys = self._keys.sizeHint().width() + GAP
        self._keys.setVisible(HANDY + advance(f"step {widest}") + keys <= room)
        self._label.setText(f"step {place}" if HANDY + advance(f"step {widest}") <= room else place)
        self._label.setVisible(SHORTEST + advance(widest) <= room)

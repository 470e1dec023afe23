"""A curve plot that a person points at and chooses ranges on, by the mouse or by keys."""

import math
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from explorer.panels.own_keys import OwnKeys, is_command
from explorer.panels.training.floating import ReadingBox
from explorer.panels.training.plot_kind import PlotKind
from explorer.panels.training.reading import Reading, read_at, read_overlays
from explorer.panels.training.shown_plot import ShownPlot
from explorer.tape.numbers import shown

PACE = 1 / 50
"""Share of the shown steps that an arrow key moves the pointer by; with Shift it moves one step."""
ZOOM = 1.5


class CurvePlot(OwnKeys, ShownPlot):
    """One plot of a run's history, named ``loss_plot`` or ``accuracy_plot``.

    Further runs are drawn behind it by ``set_overlays``. With the focus on the plot, the keys of ``KEYS`` do what the
    mouse does.

    Signals
    -------
    view_asked
        The ``PlotView`` that a person asks for; whoever grants it calls ``set_view``.
    pointed
        The step that a person points at, or None; whoever grants it calls ``point_at``.
    """

    view_asked = Signal(object)
    pointed = Signal(object)

    def __init__(self, kind: PlotKind, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._asked: int | None = None
        self._step: int | None = None
        self._back: int | None = None
        self._box: ReadingBox | None = None
        self.area.pointed.connect(self._point)
        self.area.selected.connect(self._select)
        self.area.zoomed.connect(self._zoom)
        self.area.whole_asked.connect(self.show_whole)
        self.switches.smoothing_chosen.connect(self._smooth)
        self.switches.scale_switched.connect(self._switch)
        self.switches.whole_asked.connect(self.show_whole)
        self.switches.steps_switched.connect(self._switch_steps)

    def _draw(self) -> None:
        super()._draw()
        mouse = self.area.mouse
        if self._step is not None and mouse is not None:
            self.pointed.emit(round(self.area.step_at(mouse)))  # what lies under a resting mouse as a run grows
        elif self._step is not None or self._back is not None:
            self.point_at(self._asked)

    def _show_step(self) -> None:
        if self._step is None:
            super()._show_step()

    # Pointing

    @property
    def step(self) -> int | None:
        """The step that is pointed at, if any."""
        return self._step

    def reading(self, step: int) -> Reading:
        """Return the values at a step in words."""
        own = read_at(step, self.kind, self._history, self.view, self._points)
        return Reading(own.title, own.rows + read_overlays(step, self.kind, self._overlays), own.note)

    @Slot(object)
    def point_at(self, step: int | None) -> None:
        """Mark a step with every curve's value, or none; a box beside the pointer tells the values."""
        pointed, self._asked = self._step is not None, step
        low, high = self.view.ends(self.newest)
        self._step = None if step is None or self.area.words else min(max(step, low), high)
        if pointed and self._step is None:
            self._show_words()
        if self._box is not None and self._step is None:
            self._box.hide()
        back = self._back if self._back is not None and low <= self._back <= high and not self.area.words else None
        marked = back if self._step is None else self._step
        if marked is None or not self.isVisible():
            self.area.marks.set_line(None, (), self.area.plane)
        else:
            self._mark(marked)

    def look_back(self, step: int | None) -> None:
        """Mark the step that the whole window looks back at, with its values, wherever nobody points; or none."""
        if step != self._back:
            self._back = step
            self._show_words()
            self.point_at(self._asked)

    def _mark(self, step: int) -> None:
        """Mark a step; the box is beside a pointer alone."""
        reading, drawn, area = self.reading(step), self.strokes, self.area
        self._show_read(reading, reading.title if self._step is not None else f"step {step:,}")
        x = area.place_of(step)
        dots = [
            (area.place_of(row.place[0]), area.height_of(row.place[1]), drawn[row.stroke].colour)
            for row in reading.rows
            if row.place is not None
        ]
        area.marks.set_line(x, dots, area.plane)
        self.setAccessibleDescription(reading.spoken)
        if self._step is not None and (self.hasFocus() or area.underMouse()):
            self._box = self._box or ReadingBox(area)
            self._box.show_reading(reading, drawn, x, area.plane)
        elif self._box is not None:
            self._box.hide()

    def _show_read(self, reading: Reading, title: str) -> None:
        """Show the values at the pointer in place of the newest: they stand there also where another plot has it."""
        told = {row.stroke: f"{row.name} {shown(row.place[1], 3)}" for row in reading.rows if row.place is not None}
        self.foot.show_values(told)  # nothing beyond the run's end
        if self.kind.minibatches:
            self.foot.name_minibatches(self.width())
        self.tell_steps(title)

    @Slot(object)
    def _point(self, step: float | None) -> None:
        place = None if step is None else round(step)
        if place != self._step:
            self.pointed.emit(place)

    def move_pointer(self, share: float) -> None:
        """Point a share of the shown steps further, one step at least; at first, at the newest."""
        (low, high), scale = self.view.ends(self.newest), self.view.scale
        if self._step is None:
            self._point(high)
            return
        far = share * (scale.place(high) - scale.place(low))
        moved = scale.step(scale.place(self._step) + far) - self._step
        step = self._step + math.copysign(max(abs(moved), 1), share)
        self._point(min(max(step, low), high))

    # Choosing

    @Slot(float, float)
    def _select(self, one: float, other: float) -> None:
        self.view_asked.emit(self.view.selected(one, other, self.newest))

    @Slot(float, float)
    def _zoom(self, factor: float, about: float) -> None:
        self.view_asked.emit(self.view.zoomed(factor, about, self.newest))

    def zoom(self, factor: float) -> None:
        """Show ``factor`` times fewer steps about the pointer, or about the newest."""
        self._zoom(factor, self.view.ends(self.newest)[1] if self._step is None else self._step)

    @Slot()
    def show_whole(self) -> None:
        """Show all steps and follow them; where they are shown and another run is far longer, this run's alone."""
        whole = self.view.span is None and not self.view.own
        self.view_asked.emit(self.view.alone() if whole and self.is_dwarfed else self.view.whole())

    @Slot(float)
    def _smooth(self, weight: float) -> None:
        self.view_asked.emit(replace(self.view, smoothing=weight))

    @Slot()
    def _switch(self) -> None:
        self.view_asked.emit(self.view.switched())

    @Slot()
    def _switch_steps(self) -> None:
        self.view_asked.emit(self.view.steps_switched())

    def let_go(self) -> bool:
        """Take the pointer away, else show the whole run; tell whether there was either."""
        if self._step is not None:
            self.pointed.emit(None)
            return True
        if self.view != self.view.whole():
            self.view_asked.emit(self.view.whole())
            return True
        return False

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for."""
        if self.keeps(event):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in ARROWS:
                self.move_pointer(ARROWS[Qt.Key(event.key())] * math.ulp(0.0))
            else:
                KEYS[Qt.Key(event.key())](self)
        else:
            super().keyPressEvent(event)

    def keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the plot's own: Esc only while there is something to let go of."""
        if event.key() == Qt.Key.Key_Escape:
            return self._step is not None or self.view != self.view.whole()
        return event.key() in KEYS and not is_command(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keys, and show that the plot has them."""
        super().focusInEvent(event)
        self.area.set_focused(event.reason() is not Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the keys to the window, and point at nothing."""
        super().focusOutEvent(event)
        self.area.set_focused(False)
        self._point(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Point at nothing."""
        super().hideEvent(event)
        self.point_at(None)


ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
KEYS: dict[Qt.Key, Callable[[CurvePlot], object]] = {
    Qt.Key.Key_Left: lambda plot: plot.move_pointer(-PACE),
    Qt.Key.Key_Right: lambda plot: plot.move_pointer(PACE),
    Qt.Key.Key_Plus: lambda plot: plot.zoom(ZOOM),
    Qt.Key.Key_Equal: lambda plot: plot.zoom(ZOOM),
    Qt.Key.Key_Minus: lambda plot: plot.zoom(1 / ZOOM),
    Qt.Key.Key_Home: CurvePlot.show_whole,
    Qt.Key.Key_Escape: CurvePlot.let_go,
}
"""What a key does while the plot has the focus; Ctrl, Alt and Meta are the window's."""

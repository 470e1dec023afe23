"""An experiment on a page: its sliders and switches, and below them what follows from where they stand."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.graph.typeset import Typesetter
from explorer.lessons.bench import Seen, seen, start_of
from explorer.lessons.lesson import Experiment, Slider
from explorer.panels.labelled import labelled
from explorer.panels.lessons.bars_view import BarsView
from explorer.panels.lessons.curve_view import CurveView
from explorer.panels.lessons.grid_view import Cell, GridView
from explorer.panels.lessons.lines_view import LinesView
from explorer.panels.step.keyed_slider import KeyedSlider
from explorer.panels.theme import Palette
from explorer.tape.numbers import MINUS

SIDE = 12


class PageSlider(KeyedSlider):
    """Leaves the wheel to the page, which is scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class BenchView(QFrame):
    """Shows an experiment.

    Parameters
    ----------
    experiment
        What the page says of it.
    typesetter
        Typesets its formulas.
    """

    def __init__(self, experiment: Experiment, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("soft", True)
        self.experiment, self.places = experiment, start_of(experiment)
        self.sliders: dict[str, PageSlider] = {}
        self.switches: dict[str, QCheckBox] = {}
        self._numbers: dict[str, QLabel] = {}
        self.bars = [BarsView(bars) for bars in experiment.bars]
        self.grids = [GridView(grid) for grid in experiment.grid]
        self.curves = [CurveView(curve) for curve in experiment.curve]
        self.lines = LinesView(experiment.line, typesetter)
        self.note = labelled("", "bad")
        self.note.setWordWrap(True)
        self._arrange()
        self._follow()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 10, SIDE, SIDE)
        column.setSpacing(10)
        rows = QGridLayout()
        rows.setHorizontalSpacing(10)
        rows.setVerticalSpacing(2)
        rows.setColumnStretch(1, 1)
        for row, slider in enumerate(self.experiment.slider):
            self._add_switch(rows, row, slider) if slider.is_switch else self._add_slider(rows, row, slider)
        column.addLayout(rows)
        above = [view for view, bars in zip(self.bars, self.experiment.bars, strict=True) if not bars.below]
        for part in (*self.curves, *above, *self.grids, *(view for view in self.bars if view not in above)):
            column.addWidget(part)
        for view, grid in zip(self.grids, self.experiment.grid, strict=True):
            view.chosen.connect(partial(self._pick, grid.picks))
        column.addWidget(self.lines)
        self.lines.setVisible(bool(self.experiment.line))
        column.addWidget(self.note)

    def _add_slider(self, rows: QGridLayout, row: int, slider: Slider) -> None:
        text = slider.text or slider.name
        knob, number = PageSlider(), labelled("", "number")
        knob.setRange(notch(slider, slider.least), notch(slider, slider.most))
        knob.setPageStep(max((knob.maximum() - knob.minimum()) // 10, 1))
        knob.setValue(notch(slider, slider.start))
        knob.setAccessibleName(text)
        knob.setToolTip(f"{text}: from {told(slider, slider.least)} to {told(slider, slider.most)} (← →)")
        knob.valueChanged.connect(partial(self._slid, slider))
        number.setMinimumWidth(56)
        self.sliders[slider.name], self._numbers[slider.name] = knob, number
        for place, widget in enumerate((labelled(text, "muted"), knob, number)):
            rows.addWidget(widget, row, place)

    def _add_switch(self, rows: QGridLayout, row: int, slider: Slider) -> None:
        switch = QCheckBox(slider.text or slider.name)
        switch.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        switch.setChecked(bool(slider.start))
        switch.setToolTip(f"{switch.text()} (Space)")
        switch.toggled.connect(partial(self._switched, slider.name))
        self.switches[slider.name] = switch
        rows.addWidget(switch, row, 0, 1, 3)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        for parts in (self.bars, self.grids, self.curves, [self.lines]):
            for part in parts:
                part.set_palette(palette)

    def set_place(self, name: str, value: float) -> None:
        """Move a slider."""
        slider = next(each for each in self.experiment.slider if each.name == name)
        self.sliders[name].setValue(notch(slider, value))

    def _slid(self, slider: Slider, place: int) -> None:
        self.places[slider.name] = round(place * slider.step, 9)
        self._follow()

    def _switched(self, name: str, on: bool) -> None:
        self.places[name] = float(on)
        self._follow()

    def _pick(self, picks: tuple[str, ...], row: int, column: int) -> None:
        """Take a chosen cell into the sliders that are named for it, counted from 1."""
        for name, value in zip(picks, (row + 1, column + 1), strict=True):
            with QSignalBlocker(self.sliders[name]):
                self.set_place(name, value)
            self.places[name] = float(value)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Show what follows from where the sliders stand."""
        for slider in self.experiment.slider:
            if slider.name in self._numbers:
                self._numbers[slider.name].setText(told(slider, self.places[slider.name]))
        self.show_seen(seen(self.experiment, self.places))

    def show_seen(self, found: Seen) -> None:
        """Show an experiment that is worked out."""
        scales = [(bars.least, bars.most) for bars in self.experiment.bars]
        for bars, values, scale in zip(self.bars, found.bars, scales, strict=True):
            bars.show_values(values, [v for v, other in zip(found.bars, scales, strict=True) if other == scale])
        for view, grid, matrix in zip(self.grids, self.experiment.grid, found.grids, strict=True):
            view.show_values(matrix, self._cell(grid.picks))
        for curves, traced in zip(self.curves, found.curves, strict=True):
            curves.show_values(traced)
        self.lines.show_values(found.lines)
        self.note.setText("\n".join(found.notes))
        self.note.setVisible(bool(found.notes))

    def _cell(self, picks: tuple[str, ...]) -> Cell | None:
        if not picks:
            return None
        row, column = (int(self.places[name]) - 1 for name in picks)
        return row, column


def notch(slider: Slider, value: float) -> int:
    """Return the place of a value among those that a slider has."""
    return round(value / slider.step)


def told(slider: Slider, value: float) -> str:
    """Return a slider's number, with as many decimals as it moves by."""
    decimals = len(f"{slider.step:g}".partition(".")[2])
    return f"{value:.{decimals}f}".replace("-", MINUS)

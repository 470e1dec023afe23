"""The page on which an image is drawn: the canvas, and beside it what the network takes the drawing for."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.panels.pictures.canvas import Canvas
from explorer.panels.pictures.probability_bars import ProbabilityBars
from explorer.panels.pictures.view import PictureView
from explorer.panels.quiet_button import quiet_button
from explorer.panels.theme import Palette
from explorer.session import State
from explorer.session.drawing_commands import ClearDrawing, FitDrawing, MeanClass
from explorer.session.image_style import can_draw_image, drawn_name
from explorer.session.pictures.confusion import class_names
from explorer.session.pictures.signals import Work

HOW = "draw by mouse, right button erases"
"""One line in the small card, as what is said of a drawing: the canvas would grow at the first stroke."""
FIT_TIP = "Scale and move the drawing to lie as the images of the set do"


class CanvasView(PictureView):
    """Lets an image be drawn, and follows it.

    Signals
    -------
    commanded
        A ``DrawingCommand``.
    wanted
        The drawing's pass is to be shown.
    """

    commanded = Signal(object)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Drawn image")
        self.canvas, self.bars = Canvas(), ProbabilityBars()
        self.clear = quiet_button("clear", "Clear the canvas", "Clear the canvas (Delete on it)")
        tip = "Erase instead of draw (or the right button)"
        self.erase = quiet_button("erase", "Erase instead of draw", tip, checkable=True)
        self.fit = quiet_button("centre", FIT_TIP, f"{FIT_TIP}, or leave it as it lies", checkable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.canvas, 2)
        row.addWidget(self.bars, 3)
        self.setFocusProxy(self.canvas)
        self.switch = self._made_switch()
        self.canvas.commanded.connect(self.commanded)
        self.canvas.wanted.connect(self.wanted)
        self.canvas.digit_typed.connect(self._digit)
        self.bars.chosen.connect(self._meant)

    def _made_switch(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.clear, self.erase, self.fit):
            row.addWidget(button)
        self.fit.setChecked(True)
        self.clear.clicked.connect(self._clear)
        self.erase.toggled.connect(self._erase)
        self.fit.clicked.connect(self._fit)
        return made

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        super().set_palette(palette)
        self.canvas.set_palette(palette)
        self.bars.set_palette(palette)
        self.changed.emit()

    # What a person does

    @Slot()
    def _clear(self) -> None:
        self.commanded.emit(ClearDrawing())

    @Slot(bool)
    def _erase(self, erases: bool) -> None:
        self.canvas.erases = erases

    @Slot(bool)
    def _fit(self, fitted: bool) -> None:
        self.commanded.emit(FitDrawing(fitted))

    @Slot(int)
    def _digit(self, number: int) -> None:
        if number < len(self.bars.names):
            self.bars.choose(number)

    @Slot(object)
    def _meant(self, number: int | None) -> None:
        self.commanded.emit(MeanClass(number))

    # The state

    def follow(self, state: State) -> None:
        """Show at once what is drawn."""
        self.show_drawing(state)

    def work(self, state: State, *, live: bool) -> Work[None]:  # noqa: ARG002 (as every picture)
        """Show the drawing, and what the network makes of it."""
        self.show_drawing(state)
        yield from ()

    def show_drawing(self, state: State) -> None:
        """Show what is drawn, and what the network takes it for."""
        subject, drawing = state.subject, state.drawing
        if not can_draw_image(subject):
            return
        names = class_names(subject)
        self.canvas.show_drawing(drawing, subject.image_shape or (1, 1))
        self.fit.setChecked(drawing is None or drawing.fitted)
        shares = None if drawing is None or drawing.is_blank else shares_of(state)
        label = None if drawing is None else drawing.label
        chosen = drawing is not None and drawing.target is not None
        target = label if chosen or shares is None else int(shares.argmax())
        self.bars.show_shares(names, shares, target, label)
        self.canvas.setAccessibleDescription(self.bars.accessibleDescription())
        if shares is None:
            self.tell(drawn_name(subject), HOW)
        else:
            self._tell_of(shares, names, label)

    def _tell_of(self, shares: NDArray[np.float64], names: tuple[str, ...], label: int | None) -> None:
        """Say what the network takes the drawing for, and of which class the backward pass is."""
        best = int(shares.argmax())
        says = f"taken for {names[best]} with {100 * shares[best]:.0f} %"
        left = f"y is {names[best]}, too; choose by a bar or 0–9"
        self.tell(says, left if label is None else f"y is {names[label]}, as chosen")


def shares_of(state: State) -> NDArray[np.float64]:
    """Return the probabilities that the network gives the classes of the drawing, (C,)."""
    if state.drawing is None:
        return np.zeros(len(class_names(state.subject)))
    x = state.drawing.inputs(state.subject).astype(state.network.dtype, copy=False)
    outputs = np.asarray(state.network.predict_proba(x)[0], np.float64)
    return outputs if len(outputs) > 1 else np.array([1 - outputs[0], outputs[0]])

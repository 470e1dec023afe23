"""The line below a plot: the newest value of each curve, those at the pointer, or what a range of steps holds."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from explorer.panels.training.floating import SWATCH
from explorer.panels.training.range_words import FORMS, Spread, range_texts
from explorer.panels.training.strokes import MINIBATCH, TEST, TRAIN
from explorer.tape.numbers import exact, shown

BATCH_TIP = "The loss of each minibatch, before its update: paler, and behind, where other runs are drawn too"
SPACE, SWATCH_GAP = 10, 4
"""Pixels between the names of curves, and between a name and its colour."""


class ReadoutLine(QWidget):
    """Values by the name of their curve, and beside them the minibatches' curve by name and colour.

    Parameters
    ----------
    minibatches
        Whether the plot draws them.
    """

    def __init__(self, *, minibatches: bool) -> None:
        super().__init__()
        self._minibatches = minibatches
        self.values = {series: QLabel() for series in (TRAIN, TEST)}
        self.batch, self.sign = QLabel(), QLabel(SWATCH)
        self.batch.setProperty("role", "small")
        line = unasking(self)
        line.setSpacing(SPACE)
        line.addStretch(1)
        for series, label in self.values.items():
            label.setProperty("series", series)
            line.addWidget(label)
        named = QHBoxLayout()
        named.setSpacing(SWATCH_GAP)
        for label in (self.sign, self.batch):
            named.addWidget(label)
            label.setVisible(minibatches)
        line.addLayout(named)

    def set_colour(self, colour: str) -> None:
        """Give the minibatches the colour of their curve."""
        self.sign.setStyleSheet(f"color: {colour}")

    def show_values(self, told: Mapping[str, str], tips: Mapping[str, str] | None = None) -> None:
        """Show the words of some curves, with what their tool tips say, if that is to be another; nothing of others."""
        for series, label in self.values.items():
            label.setVisible(series in told)
            label.setText(told.get(series, ""))
            if tips is not None:
                label.setToolTip(tips.get(series, ""))

    def width_of(self, told: Mapping[str, str]) -> int:
        """Return the pixels that the words of some curves take beside each other."""
        metrics = self.values[TRAIN].fontMetrics()
        return sum(metrics.horizontalAdvance(words) + SPACE for words in told.values())

    def name_minibatches(self, room: int) -> None:
        """Name the minibatches' curve where the numbers leave room for it: its colour does not stand alone."""
        if self.batch.toolTip() != BATCH_TIP or self.batch.text() != "batch":
            self.sign.setToolTip(BATCH_TIP)
            self.batch.setText("batch")
            self.batch.setToolTip(BATCH_TIP)
        self.fit(room)

    def fit(self, room: int) -> None:
        """Leave the minibatches' name out where so many pixels are too few for it."""
        numbers = [label.sizeHint().width() + SPACE for label in self.values.values() if not label.isHidden()]
        named = self.sign.sizeHint().width() + self.batch.sizeHint().width() + SWATCH_GAP
        self._show_batch(shown=self._minibatches and sum(numbers) + named <= room)

    def _show_batch(self, *, shown: bool) -> None:
        self.batch.setVisible(shown)
        self.sign.setVisible(not self.batch.isHidden())  # showing a label may lay out anew, and come here again

    def show_spreads(self, spreads: tuple[Spread, ...], room: int) -> str:
        """Show what each curve holds in a range of steps, in as many words as fit; return it as it is spoken."""
        labels = {**self.values, MINIBATCH: self.batch}
        for form in FORMS:
            texts = range_texts(spreads, form)
            wide = sum(labels[name].fontMetrics().horizontalAdvance(text) + SPACE for name, text in texts.items())
            if wide + (self.sign.sizeHint().width() if MINIBATCH in texts else -SPACE) <= room:
                break
        exactly = "\n".join(each.told(exact) for each in spreads)
        self.show_values({name: text for name, text in texts.items() if text})
        self.batch.setText(texts.get(MINIBATCH, ""))
        self._show_batch(shown=bool(self.batch.text()))
        for label in (*labels.values(), self.sign):
            label.setToolTip(exactly)
        return "; ".join(each.told(shown) for each in spreads)


def unasking(widget: QWidget) -> QHBoxLayout:
    """Return the line of a widget that asks for no width: words come and go, and the plots stay as wide as they are."""
    line = QHBoxLayout(widget)
    line.setContentsMargins(0, 0, 0, 0)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return line

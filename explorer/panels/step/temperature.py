"""The softmax's inverse temperature as a slider, on the card of the step that it acts in: p = softmax(beta z)."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from explorer.panels.labelled import labelled
from explorer.panels.step.keyed_slider import KeyedSlider
from explorer.session import State
from explorer.tape.numbers import shown

LEAST, MOST, NOTCHES = -5, 20, 10
"""The ends of the slider, and how many notches it has from one whole number to the next."""
TIP = "The softmax's inverse temperature: 0 makes all classes alike, much picks the largest, below 0 the smallest."


class TemperatureBar(QFrame):
    """Shows and moves beta where the step is a softmax of the loss; else it hides.

    Signals
    -------
    chosen
        The beta that a person moved the slider to.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("temperature")
        self._beta: float | None = None
        self.slider = KeyedSlider()
        self.slider.setRange(LEAST * NOTCHES, MOST * NOTCHES)
        self.slider.setPageStep(NOTCHES)
        self.slider.setAccessibleName("Inverse temperature of the softmax")
        self.slider.setToolTip(TIP)
        self.slider.valueChanged.connect(self._slid)
        self._number = labelled("", "number")
        self._number.setMinimumWidth(48)
        self.usual = QToolButton()
        self.usual.setObjectName("usual_temperature")
        self.usual.setText("1")
        self.usual.setProperty("flat", True)
        self.usual.setToolTip("Back to β = 1")
        self.usual.setAccessibleName("Set the inverse temperature to 1")
        self.usual.clicked.connect(self._back)
        self._arrange()

    def _arrange(self) -> None:
        name = labelled("β", "title")
        name.setToolTip(TIP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget, stretch in ((name, 0), (self._number, 0), (self.slider, 1), (self.usual, 0)):
            row.addWidget(widget, stretch)

    @property
    def text(self) -> str:
        """The number as written."""
        return self._number.text()

    def show_state(self, state: State) -> None:
        """Show the state's beta, on the softmax's own step."""
        network = state.network
        self.setVisible(state.step.id == "p" and network.loss == "softmax_cross_entropy")
        if network.beta == self._beta:
            return
        self._beta = network.beta
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(network.beta * NOTCHES))
        self._number.setText(shown(network.beta, 2))
        self.slider.setAccessibleDescription(f"beta is {shown(network.beta, 2)}")
        self.usual.setEnabled(network.beta != 1)

    @Slot(int)
    def _slid(self, value: int) -> None:
        self.chosen.emit(value / NOTCHES)

    @Slot()
    def _back(self) -> None:
        self.chosen.emit(1.0)

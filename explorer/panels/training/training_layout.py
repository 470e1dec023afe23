"""Where the parts of the training panel stand: in a low strip side by side, or with most of the window about them."""

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from explorer.panels.training.training_controls import TrainingControls

GAP, LOW_GAP = 20, 14
STRIP, ROOMY = (0, 7, 5), (2, 3, 0)
"""Which shares of the width the columns take, beyond what they need."""


class TrainingLayout(QGridLayout):
    """Lays out controls, curves and the picture of learning.

    In a strip they stand side by side. Where there is room, the picture takes what is left under the controls, and the
    plots stand one above the other beside both, as wide as each other: their steps are in line.

    Parameters
    ----------
    owner
        The panel.
    controls, picture
        Two of its parts.
    plots, time
        Make up the third: the plots, and the line below them.
    """

    def __init__(
        self,
        owner: QWidget,
        controls: TrainingControls,
        plots: tuple[QWidget, ...],
        time: QWidget,
        picture: QWidget,
    ) -> None:
        super().__init__(owner)
        self._owner, self._is_roomy = owner, False
        self._controls, self._picture, self._curves = controls, picture, QWidget()
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for plot in plots:
            self._plots.addWidget(plot, 1)
        column = QVBoxLayout(self._curves)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._plots, 1)
        column.addWidget(time)
        self.setContentsMargins(16, 12, 16, 10)
        self.setHorizontalSpacing(GAP)
        self.setVerticalSpacing(LOW_GAP)
        self.set_roomy(roomy=False)

    def fit(self) -> None:
        """Share the width that the panel has now."""
        self._controls.set_wide(wide=self._is_roomy, panel=self._owner.width())

    def set_roomy(self, *, roomy: bool) -> None:
        """Lay out for most of the window, or for a strip of it."""
        parts = self._controls, self._curves, self._picture
        for part in parts:
            self.removeWidget(part)
        places = ((0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)) if roomy else ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1))
        for part, place in zip(parts, places, strict=True):
            self.addWidget(part, *place)
        for column, share in enumerate(ROOMY if roomy else STRIP):
            self.setColumnStretch(column, share)
        self.setRowStretch(0, 0 if roomy else 1)
        self.setRowStretch(1, 1 if roomy else 0)
        self._is_roomy = roomy
        self.fit()
        direction = QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight
        self._plots.setDirection(direction)
        self._plots.setSpacing(LOW_GAP if roomy else GAP)

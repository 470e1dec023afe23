"""The two small switches in a plot's head: how smooth, and for losses whether on a logarithmic axis."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from explorer.panels.quiet_button import quiet_button
from explorer.panels.training.plot_view import SMOOTHINGS, PlotView

SMOOTH_TIP = "Smooth the curves by a moving average; the raw ones stay pale behind (M: more)"
STEPS_TIP = "Steps of both plots on a logarithmic axis (Shift+L)"
ROOMY = 300
"""Pixels of a plot from which all switches stand beside its title."""
OWN_TIP = "The steps of this run alone: a run behind it is far longer (W; again: all steps)"
LOG_TIP = "Losses on a logarithmic axis (L)"


class Switches(QWidget):
    """Shows a view's choices.

    Signals
    -------
    smoothing_chosen
        The weight of the past in the moving average.
    scale_switched
        The other scale is asked for.
    steps_switched
        The other scale of the steps is asked for.
    whole_asked
        The steps of this run are asked for, or again those of all.
    """

    smoothing_chosen = Signal(float)
    scale_switched = Signal()
    steps_switched = Signal()
    whole_asked = Signal()

    def __init__(self, of: str, *, scales: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.smooth = quiet_button("smooth", f"Smoothing of the curves of {of}", SMOOTH_TIP, checkable=True)
        self.smooth.setMenu(self._menu())
        self.smooth.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.log = quiet_button("log", f"Logarithmic axis of {of}", LOG_TIP, checkable=True)
        self.log.clicked.connect(self.scale_switched)
        self.log.setVisible(scales)
        self.steps = quiet_button("log steps", f"Logarithmic axis of the steps of {of}", STEPS_TIP, checkable=True)
        self.steps.clicked.connect(self.steps_switched)
        self.own = quiet_button("this run", f"Steps of this run alone in the curves of {of}", OWN_TIP, checkable=True)
        self.own.clicked.connect(self.whole_asked)
        self.own.setVisible(False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.smooth)
        line.addWidget(self.log)
        line.addWidget(self.steps)
        line.addWidget(self.own)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(self)
        for name, weight in SMOOTHINGS.items():
            action = group.addAction(QAction(f"{name}, {weight:g}" if weight else name, self, checkable=True))
            action.setData(weight)
            action.triggered.connect(self._chosen)
            menu.addAction(action)
        self._levels = group.actions()
        return menu

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.smoothing_chosen.emit(action.data())

    def show_view(self, view: PlotView) -> None:
        """Show what is chosen."""
        for action in self._levels:
            action.setChecked(action.data() == view.smoothing)
        self.smooth.setChecked(view.smoothing > 0)
        now = f" Now: the past weighs {view.smoothing:g} at each drawn point." if view.smoothing else ""
        self.smooth.setToolTip(f"{SMOOTH_TIP}.{now}")
        self.log.setChecked(view.logarithmic)
        self.steps.setChecked(view.log_steps)
        self.own.setChecked(view.own)

    def offer_own(self, *, offered: bool) -> None:
        """Offer the steps of this run alone, or not: there is nothing to gain where no run is far longer."""
        self.own.setVisible(offered)

    def show_width(self, pixels: int) -> None:
        """Leave out what a plot of that width has no room for: keys and the menu have it too."""
        self.steps.setVisible(pixels >= ROOMY)

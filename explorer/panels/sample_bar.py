"""What the pass shows: one sample, chosen by its number, or the whole minibatch that the next update takes."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from explorer.panels.naming import name_by_action
from explorer.panels.sample_field import SampleField
from explorer.panels.segments import Segments
from explorer.session import State
from explorer.session.minibatch import refusal

ONE, WHOLE = "one sample", "minibatch"
ONE_TIP = "The pass of one sample alone (B)."
SIGNS = {"previous_sample": "‹", "next_sample": "›", "random_sample": "random"}


class SampleBar(QWidget):
    """The switch between one sample and the minibatch, and the ways from sample to sample.

    Parameters
    ----------
    actions
        The window's actions by object name.

    Signals
    -------
    place_chosen
        A place among the samples that are gone through, counted from 0.
    """

    place_chosen = Signal(int)

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.switch, self.field = Segments((ONE, WHOLE), (ONE_TIP, ""), purpose="Pass of"), SampleField()
        self.switch.setProperty("narrow", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        buttons = {name: button(actions[name], sign) for name, sign in SIGNS.items()}
        order = (self.switch, buttons["previous_sample"], self.field, buttons["next_sample"], buttons["random_sample"])
        for widget in order:
            row.addWidget(widget)
        self.switch.chosen.connect(self._switch)
        self.field.chosen.connect(self.place_chosen)
        actions["choose_sample"].triggered.connect(self.field.ask)

    def show_state(self, state: State) -> None:
        """Show which sample, or whether the minibatch, is shown; hide where there is one sample."""
        several = state.places > 1
        for name in (*SIGNS, "choose_sample"):
            self._actions[name].setEnabled(several)
        why = refusal(state.subject, state.settings)
        whole = self._actions["whole_batch"]
        whole.setEnabled(state.samples > 1)
        whole.setChecked(state.whole)
        whole.setToolTip(why or f"{whole.statusTip()} (B)")
        self.switch.show_place(WHOLE if state.whole else ONE)
        self.switch.buttons[1].setToolTip(whole_tip(state, why))
        self.field.show_place(state.place, state.places, state.samples)
        self.field.setToolTip(field_tip(state))
        self.setVisible(state.samples > 1)

    @Slot(str)
    def _switch(self, name: str) -> None:
        if self._actions["whole_batch"].isChecked() is not (name == WHOLE):
            self._actions["whole_batch"].trigger()


def whole_tip(state: State, why: str) -> str:
    """Return what the minibatch is, or why it cannot be shown."""
    if why:
        return why
    size = min(state.settings.batch_size, state.samples)
    if size == state.samples:
        return f"The pass of all {size:,} samples, which each update takes together (B)."
    return f"The pass of the minibatch that the next update takes: {size:,} of {state.samples:,} samples (B)."


def field_tip(state: State) -> str:
    """Return what the number counts."""
    if state.whole and state.places < state.samples:
        what = f"Sample {state.drawn + 1:,}, whose row of the minibatch the drawing shows"
    elif state.whole:
        what = "The sample whose row the drawing shows"
    else:
        what = "The sample that the pass shows"
    return f"{what}: type a number (Ctrl+G), or go on with ↑ and ↓."


def button(action: QAction, sign: str) -> QToolButton:
    """Return the button of an action, with a sign for its words."""
    action.setIconText(sign)
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    name_by_action(made, action)
    return made

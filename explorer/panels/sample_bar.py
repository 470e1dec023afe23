"""What the pass shows: one sample, chosen by its number, or the whole minibatch that the next update takes."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from explorer.panels.naming import name_by_action
from explorer.panels.sample_field import SampleField
from explorer.panels.segments import Segments
from explorer.session import State
from explorer.session.columns import place_in_file
from explorer.session.guests import Drawn, HeldOut
from explorer.session.guests_told import guest_name
from explorer.session.minibatch import refusal

ONE, WHOLE = "one sample", "minibatch"
ONE_TIP = "The pass of one sample to train on alone (B)."
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
    one_wanted
        One sample to train on is wanted, where the pass is of none, or of one of a few.
    """

    place_chosen = Signal(int)
    one_wanted = Signal()

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
        held_out = self._actions["held_out_samples"]
        held_out.setEnabled(len(state.subject.test_X) > 0)
        held_out.setChecked(isinstance(state.guest, HeldOut))
        self.switch.show_place("" if state.guest is not None else WHOLE if state.whole else ONE)
        self.switch.buttons[1].setToolTip(whole_tip(state, why))
        chosen = state.guest is not None or state.walk is not None
        self.field.show_place(state.place, state.places, state.places if chosen else state.samples, field_words(state))
        self.field.setToolTip(field_tip(state))
        self.setVisible(state.samples > 1 or chosen)

    @Slot(str)
    def _switch(self, name: str) -> None:
        if self._actions["whole_batch"].isChecked() is not (name == WHOLE):
            self._actions["whole_batch"].trigger()
        elif name == ONE:
            self.one_wanted.emit()


def whole_tip(state: State, why: str) -> str:
    """Return what the minibatch is, or why it cannot be shown."""
    if why:
        return why
    size = min(state.settings.batch_size, state.samples)
    if size == state.samples:
        return f"The pass of all {size:,} samples, which each update takes together (B)."
    return f"The pass of the minibatch that the next update takes: {size:,} of {state.samples:,} samples (B)."


def field_words(state: State) -> str:
    """Return what is gone through, in a word, where that is not all that is trained on."""
    if isinstance(state.guest, Drawn):
        return guest_name(state)
    if state.walk is not None:
        return "cell"
    return "held-out" if isinstance(state.guest, HeldOut) else ""


def field_tip(state: State) -> str:
    """Return what the number counts."""
    if isinstance(state.guest, Drawn):
        return f"The pass is of the {guest_name(state)}: Esc or a number goes back to the samples trained on."
    where = f", {found}" if (found := place_in_file(state)) else ""
    if state.walk is not None or state.guest is not None:
        name = guest_name(state) or f"sample {state.sample + 1:,}"
        which = "" if state.walk is None else f", one of {state.places:,}: {state.walk.words}"
        return f"{name.capitalize()}{where}{which}. Type a number (Ctrl+G), or go on with ↑ and ↓; Esc ends that."
    if state.whole and state.places < state.samples:
        what = f"Sample {state.drawn + 1:,}, whose row of the minibatch the drawing shows{where}"
    elif state.whole:
        what = f"The sample whose row the drawing shows{where}"
    else:
        what = f"The sample that the pass shows{where}"
    return f"{what}: type a number (Ctrl+G), or go on with ↑ and ↓."


def button(action: QAction, sign: str) -> QToolButton:
    """Return the button of an action, with a sign for its words."""
    action.setIconText(sign)
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    name_by_action(made, action)
    return made

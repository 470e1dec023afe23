"""What of the window follows the session: each panel is brought up to date where a new state differs from the old."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from explorer.panels.closing import show_closable
from explorer.panels.layout import lay_out_at_once
from explorer.panels.step.step_words import is_streaming
from explorer.session import RunStatus, Session, State
from explorer.session.guessing import known
from explorer.session.scaling_inputs import can_scale

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow

FOLLOW_MS = 6
"""After numbers have come in from training, the pass is drawn; the step card and the curves come later still."""
GOES_ON = ("train", "train_step", "train_epoch")
"""The actions with which a run goes on."""
STUCK = "This run failed and cannot go on: set another rate, go back to a good step (Ctrl+Backspace), or reset."
"""What they say while they are not possible for that."""


class Following(QObject):
    """Shows a window's panels what the session holds, until it is told to end.

    Parameters
    ----------
    window
        Its panels are there, and are shown the session's state at once.
    """

    def __init__(self, window: "MainWindow", session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._timer = QTimer(self, interval=FOLLOW_MS, singleShot=True)
        self._timer.timeout.connect(self.follow)
        self._tips = {name: window.action(name).toolTip() for name in GOES_ON}
        self._unsubscribe = session.subscribe(self._state_changed)
        self._show_all(session.state)

    def end(self) -> None:
        """Follow no more."""
        self._unsubscribe()
        self._unsubscribe = do_nothing

    def _state_changed(self, old: State, new: State) -> None:
        """Bring up to date what differs."""
        self._window.edits.show_state()
        if old.run.status is not new.run.status:
            self._show_status(new.run.status)
        if remedies_of(old) != remedies_of(new):
            self._show_remedies(new)
        if old.notice != new.notice:
            self._show_notice(new)
        if place_of(old) != place_of(new):
            self._show_place(new)
        if old.subject is not new.subject:
            self._window.learn.show_parted()
        self._window.pager.show_state(new)
        if is_streaming(old, new):
            if old.tape is not new.tape and not self._timer.isActive():
                self._timer.start()
        elif pass_of(old) != pass_of(new):
            self.follow()
        show_closable(self._window)
        lay_out_at_once()

    @Slot()
    def follow(self) -> None:
        """Draw the pass as it stands; while a network trains, in a turn of the event loop of its own."""
        self._timer.stop()
        self._window.network.show_state(self._session.state, self._session.state.script)

    def _show_all(self, state: State) -> None:
        self._show_status(state.run.status)
        self._show_remedies(state)
        self._show_notice(state)
        self._show_place(state)
        self._window.pager.show_state(state)
        self._window.network.show_state(state, state.script)
        show_closable(self._window)

    def _show_notice(self, state: State) -> None:
        """Show the notice."""
        offer = state.notice.offer if state.notice is not None else ""
        self._window.banner.show_notice(state.notice, self._window.action(offer).iconText() if offer else "")

    def _show_remedies(self, state: State) -> None:
        """Let the actions that mend a divergence say what they would do."""
        rate, failed = state.run.remedy_rate or 0.0, state.run.status is RunStatus.FAILED
        proposed = f"&Go back at rate {rate:g}" if failed else f"Lo&wer the rate to {rate:g}"
        words = proposed if rate else "Set a lo&wer rate"
        self._window.action("lower_rate").setText(words)
        self._window.action("lower_rate").setEnabled(bool(rate))
        self._window.action("scale_inputs").setEnabled(can_scale(state.subject))

    def _show_place(self, state: State) -> None:
        """Show what stays while only numbers stream in: the subject, the sample, the steps and the position."""
        self._window.top.show_state(state)
        self._window.action("numerator_layout").setChecked(state.layout == "numerator")
        self._window.steps.show_state(state, state.script)
        self._window.transport.show_state(state)
        last, position = len(state.tape) - 1, state.position
        enabled = {
            "first_step": position > 0,
            "step_back": position > 0,
            "step_forward": position < last,
            "last_step": position < last,
        }
        for name, possible in enabled.items():
            self._window.action(name).setEnabled(possible)

    def _show_status(self, status: RunStatus) -> None:
        running = status is RunStatus.RUNNING
        self._window.network.set_moving(running)
        self._window.action("train").setChecked(running)
        self._window.action("train").setText("Pause &training" if running else "&Train")
        self._window.action("train").setEnabled(status is not RunStatus.FAILED)
        self._window.action("back_to_good").setEnabled(status is RunStatus.FAILED)
        for name in ("train_step", "train_epoch"):
            self._window.action(name).setEnabled(status in {RunStatus.READY, RunStatus.PAUSED})
        for name, tip in self._tips.items():
            self._window.action(name).setToolTip(STUCK if status is RunStatus.FAILED else tip)


def place_of(state: State) -> tuple[object, ...]:
    """Return where a person stands: in which subject, at which sample and step, and how that is written."""
    place = id(state.subject), state.network.sizes, state.place, state.places, state.whole, state.position
    guest = state.guest, state.walk, known(state)
    return *place, *guest, len(state.tape), state.settings.batch_size, state.script, state.edited


def remedies_of(state: State) -> tuple[object, ...]:
    """Return what decides how a divergence can be mended."""
    return state.run.remedy_rate, state.run.status is RunStatus.FAILED, id(state.subject)


def pass_of(state: State) -> tuple[object, ...]:
    """Return what the drawing of the pass depends on."""
    return *place_of(state), id(state.tape), state.selected, state.hovered


def do_nothing() -> None:
    """Stand in for an unsubscription that has been made."""

"""The actions that change numbers and take changes back: undo, redo, the next update and the one before."""

from collections.abc import Callable

from PySide6.QtGui import QAction

from explorer.session import NextUpdate, Notice, PreviousUpdate, Session
from explorer.session.notice import Lasts, Tone

NOTHING = {"undo": "Nothing to undo", "redo": "Nothing to redo"}


def dropped(here: int, last: int) -> str:
    """Return the sentence on the steps that an update at an older step leaves behind."""
    later = f"step {last:,} is" if last == here + 1 else f"steps {here + 1:,} to {last:,} are"
    return f"The run goes on from step {here:,}: its later {later} gone, Undo (Ctrl+Z) brings them back."


class EditActions:
    """Carries the actions out on a session, and lets their texts say what they would do."""

    def __init__(self, session: Session, actions: dict[str, QAction]) -> None:
        self._session = session
        self._actions = {name: actions[name] for name in ("undo", "redo", "next_update", "previous_update")}
        self._keys = {name: action.shortcut().toString() for name, action in self._actions.items()}
        self.show_state()

    def undo(self) -> None:
        """Take the last change back; say so where that is training, which is not seen at a glance."""
        self._tell_steps(self._session.undo, "Undone", self._session.undo_text, f"Redo ({self._keys['redo']})")

    def redo(self) -> None:
        """Make the change that was taken back once more."""
        self._tell_steps(self._session.redo, "Done again", self._session.redo_text, f"Undo ({self._keys['undo']})")

    def _tell_steps(self, change: Callable[[], None], verb: str, what: str, back: str) -> None:
        """Make a change, and say where the run stands then if that is elsewhere; what a failed run says comes first."""
        before = self._session.state.run
        change()
        state = self._session.state
        if before.step != state.run.step and state.notice is None:
            text = f"{verb}: {what} (step {before.step:,} → {state.run.step:,}). {back} takes that back."
            self._session.tell(Notice(text, Tone.INFORMATION, lasts=Lasts.READ))

    def next_update(self) -> None:
        """Make the update that the tape shows; at an older step of a run, say that the later ones go."""
        here, front = self._session.state.network_step, self._session.state.front
        if self._session.attempt(NextUpdate()) and front is not None and front.step > here:
            self._session.tell(Notice(dropped(here, front.step), Tone.INFORMATION, lasts=Lasts.SHOWN))

    def previous_update(self) -> None:
        """Go back to the pass before."""
        self._session.attempt(PreviousUpdate())

    def show_state(self) -> None:
        """Name what can be undone and done again."""
        session = self._session
        self._name("undo", "&Undo", session.undo_text)
        self._name("redo", "&Redo", session.redo_text)
        self._actions["previous_update"].setEnabled(bool(session.state.passes))

    def _name(self, name: str, verb: str, text: str) -> None:
        action = self._actions[name]
        words = f"{verb} {text.replace('&', '&&')}".rstrip()
        if action.text() != words or action.isEnabled() != bool(text):
            action.setText(words)
            action.setEnabled(bool(text))
            told = f"{verb.replace('&', '')} {text}" if text else NOTHING[name]
            action.setToolTip(f"{told} ({self._keys[name]})")
            action.setStatusTip(told)

"""The part of the session that can be put away as one value and taken up again as it stood. No Qt."""

from msgspec.structs import replace

from explorer.session.failing import failure_notice
from explorer.session.moment import Moment
from explorer.session.state import State
from explorer.session.stored.saved import Saved
from explorer.session.travelling import Travelling


class Storing(Travelling):
    """A session that can be saved. What is saved shares its arrays with what is shown, and is never written."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._documents = state.document

    def saved(self) -> Saved:
        """Return all that is worth coming back to, as it stands; training that runs goes on."""
        return Saved.of(self._state, self._moment())

    def resume(self, saved: Saved, name: str) -> None:
        """Show a saved session as it stood, kept runs included; undoing that brings what was open back."""
        self._remember(f"opening {name}")
        self.take_up(saved)

    def take_up(self, saved: Saved) -> None:
        """Show a saved session in the place of what is open, which is gone then."""
        self.history, self._history_is_kept = saved.moment.history, True
        shown = saved.looked_back(saved.state(self._state.run.id + 1))
        notice = failure_notice(shown.run, self.history)
        self._become(replace(shown, notice=notice, document=self._next_document()))

    def moment(self) -> Moment:
        """Return what is shown now, whole, to go back to."""
        return self._moment()

    def return_to(self, moment: Moment) -> None:
        """Show what was shown then, at the same step of its pass; undoing that brings back what is shown now."""
        self._remember(f"going back to {moment.subject.title}")
        self._restore(moment, self._with_this_run(moment.subject))
        self._become(replace(self._state, position=moment.position))

    def _next_document(self) -> int:
        """Return a number for what is opened now."""
        self._documents += 1
        return self._documents

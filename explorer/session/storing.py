"""The part of the session that can be put away as one value and taken up again as it stood. No Qt."""

from msgspec.structs import replace

from explorer.session.changes import Changes
from explorer.session.failing import failure_notice
from explorer.session.moment import Moment
from explorer.session.present import Present
from explorer.session.runs_keeping import Keeping
from explorer.session.stored.saved import Saved


class Storing:
    """Saves a session. What is saved shares its arrays with what is shown, and is never written."""

    def __init__(self, present: Present, changes: Changes, keeping: Keeping) -> None:
        self._present, self._changes, self._keeping = present, changes, keeping
        self._documents = present.state.document

    def saved(self) -> Saved:
        """Return all that is worth coming back to, as it stands; training that runs goes on."""
        return Saved.of(self._present.state, self._changes.moment())

    def resume(self, saved: Saved, name: str) -> None:
        """Show a saved session as it stood, kept runs included; undoing that brings what was open back."""
        self._changes.remember(f"opening {name}")
        self.take_up(saved)

    def take_up(self, saved: Saved) -> None:
        """Show a saved session in the place of what is open, which is gone then."""
        self._present.take_history(saved.moment.history)
        shown = saved.looked_back(saved.state(self._present.state.run.id + 1))
        notice = failure_notice(shown.run, self._present.history)
        self._present.become(replace(shown, notice=notice, document=self.next_document()))

    def return_to(self, moment: Moment) -> None:
        """Show what was shown then, at the same step of its pass; undoing that brings back what is shown now."""
        self._changes.remember(f"going back to {moment.subject.title}")
        self._changes.restore(moment, self._keeping.with_this_run(moment.subject), own_place=True)

    def next_document(self) -> int:
        """Return a number for what is opened now."""
        self._documents += 1
        return self._documents

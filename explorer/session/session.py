"""The single source of truth: what can be asked of the session, and which part does it. No Qt, no threads."""

from explorer.session.beginning import Beginning
from explorer.session.changes import Changes
from explorer.session.checkpoints import Checkpoints
from explorer.session.history import History
from explorer.session.present import Present
from explorer.session.reading import Reading
from explorer.session.receiving import Receiving
from explorer.session.runs_keeping import Keeping
from explorer.session.sampling import Sampling
from explorer.session.settings import Settings
from explorer.session.showing import initial_state
from explorer.session.state import State
from explorer.session.storing import Storing
from explorer.session.subject import Subject
from explorer.session.travelling import Travelling


class Session:
    """The state of the window and what changes it; listeners get (old, new) after each change.

    Its parts share the ``Present``, which holds the state, and know of each other only what stands in the brackets
    below. What each can be asked is described there.
    """

    def __init__(self, subject: Subject, settings: Settings) -> None:
        self._present = present = Present(initial_state(subject, settings, run_id=1))
        self._changes = changes = Changes(present)
        keeping = Keeping(present, changes)
        travelling = Travelling(present, changes, keeping)
        storing = Storing(present, changes, keeping)
        self._offer_ways_of_looking(Reading(present), Sampling(present))
        self._offer_runs(Beginning(present, changes, keeping, travelling, storing), keeping, travelling)
        self._offer_what_training_tells(Receiving(present, changes))
        self.subscribe, self.tell = present.subscribe, present.tell
        self.do, self.attempt = changes.do, changes.attempt
        self.undo, self.redo, self.moment = changes.undo, changes.redo, changes.moment
        self.saved, self.resume, self.take_up = storing.saved, storing.resume, storing.take_up
        self.return_to = storing.return_to

    def _offer_ways_of_looking(self, reading: Reading, sampling: Sampling) -> None:
        self.go_to, self.go_to_step = reading.go_to, reading.go_to_step
        self.select, self.hover = reading.select, reading.hover
        self.guess_first, self.see_step = reading.guess_first, reading.see_step
        self.write_in, self.write_in_next, self.lay_out = reading.write_in, reading.write_in_next, reading.lay_out
        self.show_sample, self.show_held_out = sampling.show_sample, sampling.show_held_out
        self.show_place, self.show_next_place = sampling.show_place, sampling.show_next_place
        self.show_random_sample, self.show_member = sampling.show_random_sample, sampling.show_member
        self.show_drawing, self.leave_guest = sampling.show_drawing, sampling.leave_guest
        self.show_whole = sampling.show_whole

    def _offer_runs(self, beginning: Beginning, keeping: Keeping, travelling: Travelling) -> None:
        self.open, self.configure = beginning.open, beginning.configure
        self.reset, self.lower_rate = beginning.reset, beginning.lower_rate
        self.keep_run, self.show_run, self.shown_run = keeping.keep_run, keeping.show_run, keeping.shown_run
        self.show_curves = keeping.show_curves
        self.look_at, self.look_by = travelling.look_at, travelling.look_by
        self.look_at_front, self.continue_here = travelling.look_at_front, travelling.continue_here
        self.back_to_good = travelling.back_to_good

    def _offer_what_training_tells(self, receiving: Receiving) -> None:
        self.set_status, self.receive, self.keep = receiving.set_status, receiving.receive, receiving.keep
        self.diverge, self.fail, self.tell_failure = receiving.diverge, receiving.fail, receiving.tell_failure

    @property
    def state(self) -> State:
        """The current state."""
        return self._present.state

    @property
    def history(self) -> History:
        """What was measured in the run that is shown."""
        return self._present.history

    @property
    def checkpoints(self) -> Checkpoints:
        """The steps of that run that can be looked at."""
        return self.history.checkpoints

    @property
    def undo_text(self) -> str:
        """What the newest change is called; empty where nothing can be undone."""
        return self._changes.undo_text

    @property
    def redo_text(self) -> str:
        """What the change undone last is called; empty where nothing can be done again."""
        return self._changes.redo_text

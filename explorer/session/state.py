"""The state of a session: one frozen value; every change makes a new one."""

from enum import Enum
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from explorer.engine.network import Network
from explorer.engine.order import epoch_length
from explorer.engine.problem import Memory
from explorer.engine.schedules import Schedule
from explorer.session.checkpoints import Pass
from explorer.session.drawing import Drawing
from explorer.session.guess import Guessing
from explorer.session.guests import Guest, HeldOut, Walk
from explorer.session.history import Evaluation
from explorer.session.minibatch import Indices, coming_minibatch
from explorer.session.settings import Settings
from explorer.session.subject import Subject
from explorer.tape.entries import Cell
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import DEFAULT, notation
from explorer.tape.orientation import Layout
from explorer.tape.step import Step, Tape

if TYPE_CHECKING:
    from explorer.session.runs import Runs


class RunStatus(Enum):
    """Where training stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"


class Tone(Enum):
    """How a notice is meant."""

    INFORMATION = "information"
    ERROR = "error"


class Lasts(Enum):
    """What ends a notice; the rules stand in ``lapsing.py``."""

    CLOSED = "until a person closes it: it tells of what went wrong"
    READ = "until there was time to read it, and then something else happens: it tells of an event"
    RESTING = "until training runs"
    FAILED = "until another run begins"
    SHOWN = "until another pass is chosen: not by training, which would leave no time to read it"
    SUBJECT = "as long as that subject is open"
    SETTINGS = "as long as the settings of training are these"


class Notice(Struct, frozen=True, eq=False):
    """One sentence for the banner.

    Attributes
    ----------
    details
        What a person may want to know beyond it.
    offer
        The object name of the action that the banner offers as a button; empty for none.
    lasts
        What it tells of, and so when it ends by itself.
    since
        When it was told, in seconds of the monotonic clock.
    """

    text: str
    tone: Tone = Tone.ERROR
    details: str = ""
    offer: str = ""
    lasts: Lasts = Lasts.CLOSED
    since: float = field(default_factory=monotonic)

    def __eq__(self, other: object) -> bool:
        """Tell whether another says the same, whenever it was told."""
        return isinstance(other, Notice) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[object, ...]:
        return self.text, self.tone, self.details, self.offer, self.lasts


class Run(Struct, frozen=True):
    """One run of training: from a subject's initial weights under certain settings.

    Attributes
    ----------
    id
        Whatever carries another id belongs to another run and is dropped.
    step, epoch
        Updates and whole passes made.
    evaluation
        The newest, or None before the first.
    stopped
        Why a run came to rest by itself, in a few words; empty where it was told to, or has not.
    kept_step
        The step whose weights are the best and are shown, where early stopping went back to them; else None.
    diverged_at
        The step at which a failed run left the finite numbers, None where it failed otherwise; ``step`` is the last
        good one, which is shown.
    failure, failure_details
        What the banner says of a run that failed, and what it tells beyond it; empty for any other.
    remedy_rate
        The learning rate that is proposed in place of the one under which the run, or the one before it, diverged.
    scales
        True where scaling the inputs is proposed.
    edited
        Parameters that a person changed since the run's first update; ``Subject.edited`` has what was changed before.
    rates
        The learning rates of its updates: each with the updates that were made before it was taken.
    schedules
        How the rate changed from update to update, in the same way.
    """

    id: int = 0
    status: RunStatus = RunStatus.READY
    step: int = 0
    epoch: int = 0
    evaluation: Evaluation | None = None
    diverged_at: int | None = None
    stopped: str = ""
    kept_step: int | None = None
    failure: str = ""
    failure_details: str = ""
    remedy_rate: float | None = None
    scales: bool = False
    edited: frozenset[str] = frozenset()
    rates: tuple[tuple[int, float], ...] = ()
    schedules: tuple[tuple[int, Schedule], ...] = ()

    @property
    def shown_step(self) -> int:
        """The step whose weights are shown while the run rests."""
        return self.step if self.kept_step is None else self.kept_step


class State(Struct, frozen=True):
    """Everything that the window shows.

    Attributes
    ----------
    network
        The weights as they stand; never written.
    memory
        What the optimiser remembers there: the tape's update goes on from that.
    sample
        Index of the sample that a person chose.
    whole
        True where the tape is of the whole minibatch that the coming update takes, False where it is of ``sample``
        alone.
    position
        Index of the current step on the tape.
    selected, hovered
        The cell that a person chose, or points at, as (name, index) on the tape.
    notation, layout
        The name of the notation, and the layout of gradients, in which everything is written.
    network_step
        Updates that led to ``network``: while training runs, ``run.step`` may be ahead of it.
    passes
        The passes before this one, one update apart, as far back as they are remembered.
    front
        The newest pass of the run while an earlier one is looked at, else None.
    guest
        What the pass shows in place of a sample to train on; None where it shows one, or the minibatch.
    walk
        The samples that are gone through in place of all, if a person has chosen some.
    drawing
        The image that was drawn; kept while something else is shown.
    runs, hidden_runs
        The runs that are kept, in the order in which they were; and those whose curves are not drawn, by their ids.
    document
        Counts what was opened: by it the window knows which file the session is of, also after an undo.
    guessing
        What was seen, where values are kept back until they are guessed; None where all are shown.
    """

    subject: Subject
    settings: Settings
    network: Network
    sample: int
    whole: bool
    tape: Tape
    position: int
    run: Run
    selected: Cell | None = None
    hovered: Cell | None = None
    notice: Notice | None = None
    memory: Memory = field(default_factory=Memory)
    notation: str = DEFAULT
    layout: Layout = "denominator"
    network_step: int = 0
    passes: tuple[Pass, ...] = ()
    front: Pass | None = None
    guest: Guest | None = None
    walk: Walk | None = None
    drawing: Drawing | None = None
    runs: "Runs" = ()
    hidden_runs: frozenset[int] = frozenset()
    document: int = 0
    guessing: Guessing | None = None

    @property
    def edited(self) -> frozenset[str]:
        """What is not as the subject's file or data set has it: names of arrays, beta, mistakes."""
        return self.subject.edited | self.run.edited

    @property
    def told_step(self) -> int:
        """The step that is told of the run: of what is shown where that is looked back at, or follows the training.

        Of a run that rests at its best weights, it is the step of these.
        """
        follows = self.front is not None or self.run.status is RunStatus.RUNNING
        return self.network_step if follows else self.run.shown_step

    @property
    def script(self) -> Notation:
        """The notation, in that layout."""
        return notation(self.notation, self.layout)

    def spelled(self, cell: Cell) -> str:
        """Return a cell's name and place as they are written, e.g. W₁[1, 2]."""
        name, index = cell
        return self.script.text(name, self.tape.activations) + self.script.place(name, index)

    @property
    def step(self) -> Step:
        """The current step."""
        return self.tape.steps[self.position]

    @property
    def samples(self) -> int:
        """Samples to pick from."""
        return self.subject.problem.samples

    @property
    def steps_per_epoch(self) -> int:
        """Updates of a whole pass over the samples."""
        return epoch_length(self.samples, self.settings.batch_size)

    @property
    def minibatch(self) -> Indices:
        """The samples that the update after the shown network takes, in its order."""
        return coming_minibatch(self.subject, self.settings, self.network_step)

    @property
    def row(self) -> int:
        """The row of the tape's arrays that the drawing shows: the chosen sample's; the first where it is not there."""
        if not self.whole:
            return 0
        if self.settings.batch_size >= self.samples:
            return self.sample
        return int(np.argmax(self.minibatch == self.sample))

    @property
    def drawn(self) -> int:
        """Index of the sample that the drawing shows."""
        return int(self.minibatch[self.row]) if self.whole else self.sample

    @property
    def places(self) -> int:
        """How many samples there are to go through: chosen ones, held out, of the minibatch, or all to train on."""
        if self.walk is not None:
            return len(self.walk.members)
        if isinstance(self.guest, HeldOut):
            return len(self.subject.test_X)
        return len(self.minibatch) if self.whole else self.samples

    @property
    def place(self) -> int:
        """The drawn sample's place among them; -1 where it is none of them, but drawn by hand."""
        if self.guest is not None and not isinstance(self.guest, HeldOut):
            return -1
        index = self.sample if self.guest is None else self.guest.index
        if self.walk is not None:
            return self.walk.members.index(index)
        if self.guest is not None:
            return index
        return self.row if self.whole else self.sample

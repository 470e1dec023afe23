"""The state of a session: one frozen value; every change makes a new one."""

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from explorer.engine.network import Network
from explorer.engine.order import epoch_length
from explorer.engine.problem import Memory
from explorer.session.checkpoints import Pass
from explorer.session.drawing import Drawing
from explorer.session.guess import Guessing
from explorer.session.guests import Guest, HeldOut, Walk
from explorer.session.minibatch import Indices, coming_minibatch
from explorer.session.notice import Notice
from explorer.session.run import Run, RunStatus
from explorer.session.settings import Settings
from explorer.session.subject import Subject
from explorer.tape.entries import Cell
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import DEFAULT, notation
from explorer.tape.orientation import Layout
from explorer.tape.step import Step, Tape

if TYPE_CHECKING:
    from explorer.session.runs import Runs


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

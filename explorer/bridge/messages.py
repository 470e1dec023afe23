"""What crosses the threads as signals: frozen commands go down to the worker, frozen reports come up from it.

Every one names its run; commands are numbered, and a report names the last command that it follows, so that neither
another run's news nor news that a later command has overtaken is ever believed.
"""

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from explorer.engine.metrics import Kind
from explorer.engine.problem import Problem
from explorer.engine.schedules import Schedule

Array = NDArray[np.floating]


class Command(Struct, frozen=True):
    """Something to do, in a run; ``number`` counts the commands of an engine."""

    run_id: int
    number: int


class Stops(Struct, frozen=True):
    """When a run comes to rest by itself, in epochs, as in ``Settings``; None: it does not."""

    epochs: int | None = None
    patience: int | None = None


class Load(Command, frozen=True, eq=False):
    """Drop what there is and stand ready to train that problem; its network is the worker's own from here on.

    Attributes
    ----------
    step
        Updates made before, with the same samples, batch size and seed; the problem's memory is that of the last one.
    kind
        What the targets are, by which accuracy is measured; told from them if left out.
    """

    problem: Problem
    test_X: Array
    test_Y: Array
    batch_size: int
    seed: int
    stops: Stops = field(default_factory=Stops)
    step: int = 0
    kind: Kind | None = None


class Train(Command, frozen=True):
    """Train until told otherwise."""


class Pause(Command, frozen=True):
    """Stop after the slice at hand."""


class StepOnce(Command, frozen=True):
    """Make one update."""


class StepEpoch(Command, frozen=True):
    """Train to the end of the current epoch."""


class SetRate(Command, frozen=True):
    """Go on with another learning rate, or another way in which it changes."""

    learning_rate: float
    schedule: Schedule


class SetStops(Command, frozen=True):
    """Go on, and come to rest at another time."""

    stops: Stops


class Quit(Command, frozen=True):
    """Drop everything and end the thread."""


class Idle(Struct, frozen=True):
    """The worker rests, and all that it measured is in the mailbox.

    Attributes
    ----------
    stopped, kept_step
        As in ``Run``.
    """

    run_id: int
    number: int
    stopped: str = ""
    kept_step: int | None = None


class Failure(Struct, frozen=True):
    """A run ended by an error; the mailbox holds its last good state.

    Attributes
    ----------
    sentence
        For the banner.
    details
        The traceback of a fault of the program; empty where the sentence says it all.
    diverged_at, diverged_in
        The step at which the numbers left the finite range, and the first array that did; None and empty for any
        other failure.
    """

    run_id: int
    number: int
    sentence: str
    details: str
    diverged_at: int | None = None
    diverged_in: str = ""


Report = Idle | Failure

"""What crosses the threads as signals: frozen commands go down to the worker, frozen reports come up from it.

Every one names its run; commands are numbered, and a report names the last command that it follows, so that neither
another run's news nor news that a later command has overtaken is ever believed.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from explorer.engine.problem import Problem
from explorer.engine.schedules import Schedule

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do, in a run; ``number`` counts the commands of an engine."""

    run_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Stops:
    """When a run comes to rest by itself, in epochs, as in ``Settings``; None: it does not."""

    epochs: int | None = None
    patience: int | None = None


@dataclass(frozen=True, slots=True)
class Load(Command):
    """Drop what there is and stand ready to train that problem; its network is the worker's own from here on.

    Attributes
    ----------
    step
        Updates made before, with the same samples, batch size and seed; the problem's memory is that of the last one.
    """

    problem: Problem
    test_X: Array
    test_Y: Array
    batch_size: int
    seed: int
    stops: Stops = field(default_factory=Stops)
    step: int = 0


@dataclass(frozen=True, slots=True)
class Train(Command):
    """Train until told otherwise."""


@dataclass(frozen=True, slots=True)
class Pause(Command):
    """Stop after the slice at hand."""


@dataclass(frozen=True, slots=True)
class StepOnce(Command):
    """Make one update."""


@dataclass(frozen=True, slots=True)
class StepEpoch(Command):
    """Train to the end of the current epoch."""


@dataclass(frozen=True, slots=True)
class SetRate(Command):
    """Go on with another learning rate, or another way in which it changes."""

    learning_rate: float
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class SetStops(Command):
    """Go on, and come to rest at another time."""

    stops: Stops


@dataclass(frozen=True, slots=True)
class Quit(Command):
    """Drop everything and end the thread."""


@dataclass(frozen=True, slots=True)
class Idle:
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


@dataclass(frozen=True, slots=True)
class Failure:
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

"""One run of training: how far it is, how it came to rest, what was changed on its way."""

from enum import Enum

from msgspec import Struct

from explorer.engine.schedules import Schedule
from explorer.session.history import Evaluation


class RunStatus(Enum):
    """Where training stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"


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

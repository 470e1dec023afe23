"""One run in slices: trains for some milliseconds, posts what it measured, and returns. No Qt, no threads."""

import time

import numpy as np
from numpy.typing import NDArray

from explorer.bridge.mailbox import Mailbox, Parcel, Snapshot, frozen_copy
from explorer.bridge.messages import Load
from explorer.bridge.pace import Clock, Milestones, Pace
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.history import Evaluation
from explorer.tape.mistaken_trainer import trainer_of

PICTURES_PER_SECOND = 30.0
MEMORIES_PER_SECOND = 120.0
SHARE_OF_TIME = 0.1
"""At most that share goes into evaluating, and at most that into showing the network."""
EARLY_SECONDS = 0.25
"""Work that goes into evaluating at the milestones of a run's beginning, on top of that share."""
BLOCKS = 2
"""A block of steps between two readings of the clock fills what is left of the slice, divided by this."""
LONGEST_BLOCK = 4096
LARGEST = float(np.finfo(np.float32).max)


class Runner:
    """Owns a trainer; everything that it measures goes into the mailbox under its run's id.

    Parameters
    ----------
    load
        The problem, whose network is trained in place, the held-out samples, and the settings.
    mailbox
        Written here only.
    clock
        Seconds.

    Raises
    ------
    ExplorerError
        If the problem cannot be trained.
    """

    def __init__(self, load: Load, mailbox: Mailbox, clock: Clock = time.perf_counter) -> None:
        problem = load.problem
        self.trainer = trainer_of(problem, load.batch_size, load.seed)
        self._run_id, self._mailbox, self._clock = load.run_id, mailbox, clock
        dtype = problem.network.dtype
        train = SampleSet(problem.X, problem.Y, load.seed, dtype)
        test = SampleSet(load.test_X, load.test_Y, load.seed, dtype)
        self._evaluator = Evaluator(train, test, problem.objective, self.trainer.batch_size)
        self._evaluations = Pace(PICTURES_PER_SECOND, SHARE_OF_TIME, clock)
        self._milestones = Milestones(EARLY_SECONDS)
        self._pictures = Pace(PICTURES_PER_SECOND, SHARE_OF_TIME, clock)
        self._memories = Pace(MEMORIES_PER_SECOND, SHARE_OF_TIME / 5, clock)
        self._good = self._picture()
        self._target: int | None = 0
        self._seconds_a_step = float("inf")
        self._losses = np.empty(LONGEST_BLOCK)

    @property
    def done(self) -> bool:
        """True where no updates are left to make."""
        return self._target is not None and self.trainer.step >= self._target

    def train(self) -> None:
        """Aim at going on for ever."""
        self._target = None

    def pause(self) -> None:
        """Aim at nothing."""
        self._target = self.trainer.step

    def aim_at_step(self) -> None:
        """Aim at one update."""
        self._target = self.trainer.step + 1

    def aim_at_epoch(self) -> None:
        """Aim at the end of the current epoch."""
        length = self.trainer.steps_per_epoch
        self._target = (self.trainer.step // length + 1) * length

    def slice(self, seconds: float) -> None:
        """Train for about that long, or one step where that takes longer, or to the aim; then post what is due.

        Raises
        ------
        NonFiniteError
            If the numbers left the finite range; the losses until then are posted.
        """
        if self._memories.due():
            self._memories.do(self._remember)
        end = self._clock() + seconds
        while not self.done and (left := end - self._clock()) > seconds / 16:
            self._block(self._block_length(left))
            self._milestones.do(self.trainer.step, self.evaluate)
        if self._evaluations.due():
            self._evaluations.do(self.evaluate)
        if self._pictures.due():
            self._pictures.do(self.show)

    def _block_length(self, left: float) -> int:
        """Return the steps that fit into the seconds left; one where nothing is known yet."""
        step = self.trainer.step
        length = min(max(int(left / BLOCKS / self._seconds_a_step), 1), LONGEST_BLOCK)
        to_aim = None if self._target is None else self._target - step
        return min(length, to_aim or length, self._milestones.steps_to(step) or length)

    def _block(self, steps: int) -> None:
        """Make the steps and post their losses, also those before an error."""
        losses = self._losses[:steps]
        losses.fill(np.nan)
        start, began = self.trainer.step, self._clock()
        try:
            self.trainer.run(steps, losses)
        except Exception:
            self._post(losses[np.isfinite(losses)], start, self._good)
            raise
        self._seconds_a_step = max((self._clock() - began) / steps, 1e-9)
        self._post(losses, start)

    def _post(self, losses: NDArray[np.float64], start: int, good: Snapshot | None = None) -> None:
        kept = np.clip(losses, -LARGEST, LARGEST).astype(np.float32)
        at = self.trainer if good is None else good
        self._mailbox.post(Parcel(self._run_id, start, kept, at.step, at.epoch))

    def _picture(self) -> Snapshot:
        trainer = self.trainer
        return Snapshot(self._run_id, trainer.step, trainer.epoch, frozen_copy(trainer.network))

    def _remember(self) -> None:
        """Keep the state as it stands: the last good one, should the slice fail."""
        if self._good.step != self.trainer.step:
            self._good = self._picture()

    def evaluate(self) -> None:
        """Measure the network as it stands and post the evaluation."""
        trainer = self.trainer
        self._post_evaluation(self._evaluator.evaluate(trainer.network, trainer.step), trainer.step, trainer.epoch)

    def _post_evaluation(self, evaluation: Evaluation, step: int, epoch: int) -> None:
        nothing = np.empty(0, np.float32)
        self._mailbox.post(Parcel(self._run_id, self.trainer.step, nothing, step, epoch, evaluation))

    def show(self) -> None:
        """Show the network as it stands."""
        self._remember()
        self._mailbox.show(self._good)

    def finish(self) -> None:
        """Post the exact state in which training rests."""
        self.evaluate()
        self.show()

    def give_up(self) -> None:
        """After an error: post the last good state."""
        good = self._good
        self._post_evaluation(self._evaluator.evaluate(good.network, good.step), good.step, good.epoch)
        self._mailbox.show(good)

"""One run in slices: trains for some milliseconds, posts what it measured, and returns. No Qt, no threads."""

import time

import numpy as np

from explorer.bridge.gate import Gate
from explorer.bridge.loss_buffer import LossBuffer
from explorer.bridge.mailbox import Mailbox, Parcel, Snapshot, frozen_copy, memory_of
from explorer.bridge.messages import Load, Stops
from explorer.bridge.pace import Clock, Milestones, Pace
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.history import Evaluation
from explorer.session.stopping import Best
from explorer.tape.mistaken_trainer import trainer_of

PICTURES_PER_SECOND, EVALUATIONS_PER_SECOND, MEMORIES_PER_SECOND = 12.0, 12.0, 15.0
"""An eye reads no more numbers, and each picture costs the window a pass, a drawing and a card."""
EVALUATING, SHOWING, REMEMBERING = 0.008, 0.004, 0.003
"""The shares of training's time that these may take: together they leave more than 98 of 100 parts to the updates."""
EARLY_SECONDS = 0.25
"""Work that goes into evaluating at the milestones of a run's beginning, on top of that share."""
BLOCKS = 5
"""Blocks of steps in a slice: before each, training looks at the clock and at the gate."""
LONGEST_BLOCK = 4096


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
    gate
        Passed before each block of steps; one that is always open if left out.

    Attributes
    ----------
    stopped, kept_step
        Why it came to rest by itself, and at which weights, as in ``Run``.

    Raises
    ------
    ExplorerError
        If the problem cannot be trained.
    """

    def __init__(
        self, load: Load, mailbox: Mailbox, clock: Clock = time.perf_counter, gate: Gate | None = None
    ) -> None:
        problem = load.problem
        self.trainer = trainer_of(problem, load.batch_size, load.seed)
        self.trainer.resume(load.step, problem.memory)
        self._run_id, self._mailbox, self._clock, self._gate = load.run_id, mailbox, clock, gate or Gate()
        dtype = problem.network.dtype
        train = SampleSet(problem.X, problem.Y, load.seed, dtype, kind=load.kind)
        test = SampleSet(load.test_X, load.test_Y, load.seed, dtype, kind=load.kind)
        self._evaluator = Evaluator(train, test, problem.objective, self.trainer.batch_size)
        self._evaluations = Pace(EVALUATIONS_PER_SECOND, EVALUATING, clock)
        self._milestones = Milestones(EARLY_SECONDS)
        self._pictures = Pace(PICTURES_PER_SECOND, SHOWING, clock)
        self._memories = Pace(MEMORIES_PER_SECOND, REMEMBERING, clock)
        self._good = self._picture()
        self._target: int | None = 0
        self._free = False
        self._best = Best(self.trainer)
        self._held_out = len(load.test_X) > 0
        self._stops = load.stops
        self.stopped = ""
        self.kept_step: int | None = None
        self._seconds_a_step = float("inf")
        self._losses, self._posted = LossBuffer(LONGEST_BLOCK), load.step

    @property
    def done(self) -> bool:
        """True where no updates are left to make."""
        return self._target is not None and self.trainer.step >= self._target

    def train(self) -> None:
        """Aim at going on, for ever or for as many epochs as are set."""
        self._aim(None)
        self._free = True
        self._best.waited = 0
        self._aim_at_stop()

    def pause(self) -> None:
        """Aim at nothing."""
        self._aim(self.trainer.step)

    def aim_at_step(self) -> None:
        """Aim at one update."""
        self._aim(self.trainer.step + 1)

    def aim_at_epoch(self) -> None:
        """Aim at the end of the current epoch."""
        self._aim(self._epoch_end(1))

    def set_stops(self, stops: Stops) -> None:
        """Come to rest by itself at another time."""
        self._stops = stops
        if self._free:
            self._aim_at_stop()

    def _aim(self, target: int | None) -> None:
        self._target, self._free = target, False
        self.stopped, self.kept_step = "", None

    def _aim_at_stop(self) -> None:
        """Of a free run: aim at the next multiple of the epochs that are set."""
        epochs = self._stops.epochs
        self._target = None if epochs is None else self._epoch_end(epochs)

    def _epoch_end(self, epochs: int) -> int:
        """Return the step that ends the next epoch whose number is a multiple of ``epochs``."""
        length = epochs * self.trainer.steps_per_epoch
        return (self.trainer.step // length + 1) * length

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
            self._gate.pass_through()
            self._block(self._block_length(min(left, seconds / BLOCKS)))
            self._milestones.do(self.trainer.step, self._mark)
            self._look_at_epoch()
        self._post_losses()
        if self._evaluations.due():
            self._evaluations.do(self.evaluate)
        if self._pictures.due():
            self._pictures.do(self.show)

    def _block_length(self, left: float) -> int:
        """Return the steps that fit into the seconds left; one where nothing is known yet."""
        step = self.trainer.step
        length = min(max(int(left / self._seconds_a_step), 1), LONGEST_BLOCK)
        to_aim = None if self._target is None else self._target - step
        to_look = self._epoch_end(1) - step if self._looking else None
        return min(length, to_aim or length, to_look or length, self._milestones.steps_to(step) or length)

    @property
    def _looking(self) -> bool:
        """True where the held-out loss is looked at after each epoch."""
        return self._free and self._held_out and self._stops.patience is not None

    def _look_at_epoch(self) -> None:
        """At the end of an epoch: come to rest if it was the last, or if the best one is too long ago."""
        if not self._free or self.trainer.step % self.trainer.steps_per_epoch:
            return
        patience = self._stops.patience
        if self._looking and patience is not None:
            self._best.note(self.evaluate())
            if self._best.waited >= patience:
                self._rest_at_best()
                return
        if self.done:
            self._free, self.stopped = False, f"{self.trainer.epoch:,} epochs done"

    def _rest_at_best(self) -> None:
        """Go back to the best weights and aim at nothing."""
        best = self._best.evaluation
        if best is not None:
            self._best.restore()
            self._aim(self.trainer.step)
            self.stopped, self.kept_step = f"best of epoch {self._best.epoch:,}", best.step
            self._good = self._picture()

    def _block(self, steps: int) -> None:
        """Make the steps and note their losses; of an error, post those before it."""
        if not self._losses.has_room(steps):
            self._post_losses()
        losses, began = self._losses.room(steps), self._clock()
        try:
            self.trainer.make(steps, losses)
        except Exception:
            self._losses.note(int(np.count_nonzero(np.isfinite(losses))))
            self._post_losses(self._good)
            raise
        self._losses.note(steps)
        self._seconds_a_step = max((self._clock() - began) / steps, 1e-9)

    def _post_losses(self, good: Snapshot | None = None) -> None:
        """Post the losses noted since the last time; after an error, ``good`` is the network worth showing."""
        if len(self._losses):
            at = self.trainer if good is None else good
            losses, start = self._losses.take(), self._posted
            self._posted += len(losses)
            self._mailbox.post(Parcel(self._run_id, start, losses, at.step, at.epoch))

    def _picture(self) -> Snapshot:
        trainer = self.trainer
        network, memory = frozen_copy(trainer.network), memory_of(trainer.optimizer)
        return Snapshot(self._run_id, trainer.step, trainer.epoch, network, memory)

    def _remember(self) -> None:
        """Keep the state as it stands: the last good one, should the slice fail."""
        if self._good.step != self.trainer.step:
            self._good = self._picture()

    def evaluate(self) -> Evaluation:
        """Measure the network as it stands and post the evaluation."""
        trainer = self.trainer
        evaluation = self._evaluator.evaluate(trainer.network, trainer.step)
        self._post_evaluation(evaluation, trainer.step, trainer.epoch)
        return evaluation

    def _mark(self) -> None:
        """Measure the network early in a run, where it changes fast, and keep it to be gone back to."""
        self.evaluate()
        self._remember()
        self._mailbox.keep(self._good)

    def _post_evaluation(self, evaluation: Evaluation, step: int, epoch: int) -> None:
        self._post_losses()
        nothing = np.empty(0, np.float32)
        self._mailbox.post(Parcel(self._run_id, self.trainer.step, nothing, step, epoch, evaluation))

    def show(self) -> None:
        """Show the network as it stands."""
        self._post_losses()
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

"""The command ``train``: a run without a window, and what it leaves behind."""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import NUMBERS, SCHEDULES, Schedule, kinds_with
from explorer.engine.threads import blas_threads
from explorer.engine.trainer import Trainer
from explorer.engine.update import HYPERPARAMETERS
from explorer.files import check_writable, write_atomically, write_weights
from explorer.files.weights import format_of
from explorer.loading import chosen_data, print_preview
from explorer.output import complain, say
from explorer.progress import progress
from explorer.session import Evaluation, Settings, Subject
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.history_text import FIELDS, history_csv, measured
from explorer.session.opening import opened
from explorer.session.rightness import targets_kind
from explorer.session.saving import describe_weights
from explorer.session.stopping import Best
from explorer.session.usual import usual_rate, usual_settings
from explorer.tape.mistaken_trainer import trainer_of

DONE, STOPPED = 0, 130
USUAL_STEPS = 6000
"""Updates, rounded up to whole epochs, after which every built-in set is learnt under its usual settings."""
AS_THEY_ARE = ("activation", "batch_size", "seed", "epochs", "patience", "l2", *HYPERPARAMETERS)
"""The settings that are options of the same name."""


class Training(Struct, frozen=True):
    """A run of ``train``: its subject, its network in the chosen dtype, its trainer, what was measured so far.

    Attributes
    ----------
    best
        Where early stopping is asked for, after ``patience`` epochs without improvement.
    """

    subject: Subject
    settings: Settings
    network: Network
    trainer: Trainer
    epochs: int
    evaluator: Evaluator
    best: Best
    evaluations: list[Evaluation] = field(default_factory=list)

    @classmethod
    def of(cls, options: argparse.Namespace) -> "Training":
        """Build the run that the options ask for, or refuse it in one sentence."""
        subject, settings, epochs = chosen_subject(options)
        problem = subject.problem.with_network(subject.problem.network.copy(options.dtype))
        trainer = trainer_of(problem, settings.batch_size, settings.seed)
        dtype, seed = problem.network.dtype, settings.seed
        kind = targets_kind(subject)
        train, test = (SampleSet(X, Y, seed, dtype, most=None, kind=kind) for X, Y in subject.parts)
        evaluator = Evaluator(train, test, problem.objective, trainer.batch_size)
        return cls(subject, settings, problem.network, trainer, epochs, evaluator, Best(trainer))

    @property
    def kept(self) -> Evaluation:
        """What was measured at the weights as they stand: the newest, or the best that early stopping went back to."""
        if self.settings.patience is None or self.best.evaluation is None:
            return self.evaluations[-1]
        return self.best.evaluation

    @property
    def stopped_early(self) -> bool:
        """True where the loss on the held-out samples has not improved for too long."""
        return self.settings.patience is not None and self.best.waited >= self.settings.patience

    def measure(self) -> Evaluation:
        """Measure the network on all training and test samples, and keep that, once for each step."""
        newest = self.evaluator.evaluate(self.network, self.trainer.step)
        if self.evaluations and self.evaluations[-1].step == newest.step:
            self.evaluations.pop()
        self.evaluations.append(newest)
        return newest

    def train(self, *, quiet: bool) -> None:
        """Train every epoch under a progress bar; the first evaluation is of the untrained network."""
        self.measure()
        with blas_threads(self.network, self.trainer.batch_size), progress(self.epochs, "epoch", quiet=quiet) as bar:
            while self.trainer.epoch < self.epochs and not self.stopped_early:
                self.trainer.run(self.trainer.steps_per_epoch)
                newest = self.measure()
                bar.set_postfix(loss=f"{newest.train_loss:.4f}", test=held_out(newest), refresh=False)
                bar.update()
                self.best.note(newest)

    def go_back(self) -> None:
        """Go back to the best weights, where early stopping is asked for."""
        if self.settings.patience is not None:
            self.best.restore()

    def write(self, weights: Path | None, history: Path | None) -> None:
        """Write the weights as they stand, and the curves."""
        if weights is not None:
            info = describe_weights(self.subject, self.settings, self.network, self.kept.step, self.kept)
            write_weights(weights, self.network, info)
        if history is not None:
            write_atomically(history, history_csv(self.evaluations, self.trainer.steps_per_epoch).encode())


def chosen_subject(options: argparse.Namespace) -> tuple[Subject, Settings, int]:
    """Return the data with their network, the settings, and the epochs to train."""
    data = chosen_data(options)
    settings = chosen_settings(options, usual_settings(data))
    subject, _ = opened(data, settings)
    steps_per_epoch = math.ceil(subject.problem.samples / settings.batch_size)
    epochs = settings.epochs or math.ceil(USUAL_STEPS / steps_per_epoch)
    settings = replace(settings, schedule=chosen_schedule(options, epochs * steps_per_epoch))
    problem = replace(subject.problem, update=settings.update())
    return replace(subject, problem=problem), settings, epochs


def chosen_settings(options: argparse.Namespace, usual: Settings) -> Settings:
    """Return the data's usual settings with what the options change."""
    optimizer = options.optimizer or usual.optimizer
    rate = usual_rate(usual, optimizer) if options.learning_rate is None else options.learning_rate
    refuse_meaningless(options, optimizer)
    given = {
        "hidden": None if options.hidden is None else hidden_units(options.hidden),
        "optimizer": optimizer,
        "learning_rate": rate,
        "scheme": options.init,
        **{name: getattr(options, name) for name in AS_THEY_ARE},
    }
    return replace(usual, **{name: value for name, value in given.items() if value is not None})


def refuse_meaningless(options: argparse.Namespace, optimizer: str) -> None:
    """Refuse numbers that mean nothing to the optimiser, and to the schedule."""
    for name in HYPERPARAMETERS:
        if getattr(options, name) is not None and name not in OPTIMIZERS[optimizer].hyperparameters:
            users = " or ".join(other for other, rule in OPTIMIZERS.items() if name in rule.hyperparameters)
            raise ExplorerError(f"--{name.replace('_', '-')} means nothing to {optimizer}: use --optimizer {users}")
    kind = options.schedule or Schedule().kind
    for name in NUMBERS:
        if getattr(options, f"schedule_{name}") is not None and name not in SCHEDULES[kind].numbers:
            raise ExplorerError(f"--schedule-{name} means nothing to a {kind} rate: use --schedule {kinds_with(name)}")


def chosen_schedule(options: argparse.Namespace, updates: int) -> Schedule:
    """Return how the rate changes over a run of so many updates: by default it ends where the run does."""
    usual, warmup = Schedule(options.schedule or Schedule().kind), options.warmup or 0
    steps = usual.rule.usual_steps(updates - warmup if usual.rule.falls == 1 else updates)
    given = options.schedule_steps if options.schedule_steps is not None else steps
    factor = usual.factor if options.schedule_factor is None else options.schedule_factor
    return Schedule(usual.kind, given, factor, warmup)


def hidden_units(text: str) -> tuple[int, ...]:
    """Read "64,32"; nothing between the commas means no hidden layer.

    Raises
    ------
    ExplorerError
        If a part is no whole number.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        wanted = "whole numbers, 1 or more, with commas between them, such as 64,32"
        raise ExplorerError(f"hidden layers {text!r}: expected {wanted}")
    return tuple(int(part) for part in parts)


def train(options: argparse.Namespace) -> int:
    """Train without a window; what was asked for is written also when Ctrl-C ends the training early."""
    if options.preview:
        print_preview(options)
        return DONE
    training = Training.of(options)
    refuse_unwritable(options.weights, options.history)
    begin, stopped = time.perf_counter(), False
    try:
        training.train(quiet=options.json)
    except KeyboardInterrupt:
        if options.weights is None:
            raise
        stopped = True
        training.measure()
    training.go_back()
    seconds = time.perf_counter() - begin
    training.write(options.weights, options.history)
    say(summary(training, seconds, as_json=options.json))
    if stopped:
        complain(f"stopped after {training.trainer.step:,} steps; {options.weights} holds the weights as they stand")
    return STOPPED if stopped else DONE


def refuse_unwritable(weights: Path | None, history: Path | None) -> None:
    """Refuse, before the training and not after it, what cannot be written."""
    if weights is not None:
        format_of(weights)
    for path in (weights, history):
        if path is not None:
            check_writable(path)


def held_out(evaluation: Evaluation) -> str:
    """Return the accuracy on the held-out samples, or their loss where the targets are numbers."""
    numbers = np.isnan(evaluation.test_accuracy)
    return f"{evaluation.test_loss if numbers else evaluation.test_accuracy:.4f}"


def losses(evaluation: Evaluation) -> str:
    """Return losses and accuracies in words; targets that are numbers have no accuracy."""
    parts = []
    for name, loss, share in zip(("train", "test"), measured(evaluation)[::2], measured(evaluation)[1::2], strict=True):
        accuracy = "" if np.isnan(share) else f", accuracy {share:.4f}"
        parts.append(f"{name} loss {loss:.4f}{accuracy}")
    return "; ".join(parts)


def summary(training: Training, seconds: float, *, as_json: bool) -> str:
    """Return the result as one JSON object, or as a line for people."""
    kept, steps, epochs = training.kept, training.trainer.step, training.trainer.epoch
    kept_epoch = kept.step // training.trainer.steps_per_epoch
    if as_json:
        fields = dict(zip(FIELDS, measured(kept), strict=True))
        finite = {name: value if np.isfinite(value) else None for name, value in fields.items()}
        ended = {"epochs": epochs, "kept_epoch": kept_epoch, "stopped_early": training.stopped_early}
        return json.dumps({**finite, "steps": steps, **ended, "seconds": round(seconds, 3)})
    text = f"{steps:,} steps in {seconds:.1f} s: {losses(kept)}"
    if training.settings.patience is None:
        return text
    why = f"no better test loss for {training.settings.patience} epochs" if training.stopped_early else "the last one"
    return f"{text}\nended after epoch {epochs} ({why}); the weights and these numbers are those of epoch {kept_epoch}"

"""The command ``train``: a run without a window, and what it leaves behind."""

import argparse
import csv
import io
import json
import math
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.threads import blas_threads
from explorer.engine.trainer import Trainer
from explorer.files import check_writable, write_atomically, write_weights
from explorer.files.weights import format_of
from explorer.output import complain, say
from explorer.progress import progress
from explorer.session import Evaluation, Settings, Subject
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.opening import DEFAULTS, open_data
from explorer.session.saving import describe_weights

DONE, STOPPED = 0, 130
USUAL_STEPS = 6000
"""Updates, rounded up to whole epochs, after which every built-in set is learnt under its usual settings."""
FIELDS = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


@dataclass(frozen=True, slots=True)
class Training:
    """A run of ``train``: its subject, its network in the chosen dtype, its trainer, what was measured so far."""

    subject: Subject
    settings: Settings
    network: Network
    trainer: Trainer
    epochs: int
    evaluator: Evaluator
    evaluations: list[Evaluation] = field(default_factory=list)

    @classmethod
    def of(cls, options: argparse.Namespace) -> "Training":
        """Build the run that the options ask for, or refuse it in one sentence."""
        if options.epochs is not None and options.epochs < 1:
            raise ExplorerError(f"--epochs {options.epochs}: expected 1 or more")
        settings = chosen_settings(options)
        subject, _ = open_data(options.data, settings)
        problem = subject.problem.with_network(subject.problem.network.copy(options.dtype))
        trainer = Trainer.of(problem, settings.batch_size, settings.seed)
        epochs = options.epochs or math.ceil(USUAL_STEPS / trainer.steps_per_epoch)
        dtype, seed = problem.network.dtype, settings.seed
        train, test = (SampleSet(X, Y, seed, dtype, most=None) for X, Y in subject.parts)
        evaluator = Evaluator(train, test, problem.objective, trainer.batch_size)
        return cls(subject, settings, problem.network, trainer, epochs, evaluator)

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
            for _ in range(self.epochs):
                self.trainer.run(self.trainer.steps_per_epoch)
                newest = self.measure()
                bar.set_postfix(loss=f"{newest.train_loss:.4f}", test=f"{newest.test_accuracy:.4f}", refresh=False)
                bar.update()

    def write(self, weights: Path | None, history: Path | None) -> None:
        """Write the weights as they stand, and the curves."""
        newest = self.evaluations[-1]
        if weights is not None:
            info = describe_weights(self.subject, self.settings, self.network, newest.step, newest)
            write_weights(weights, self.network, info)
        if history is not None:
            write_atomically(history, history_csv(self).encode())


def chosen_settings(options: argparse.Namespace) -> Settings:
    """Return the data set's usual settings with what the options change."""
    usual = DEFAULTS.get(options.data, Settings())
    given = {
        "hidden": None if options.hidden is None else hidden_units(options.hidden),
        "activation": options.activation,
        "learning_rate": options.learning_rate,
        "batch_size": options.batch_size,
        "seed": options.seed,
    }
    return replace(usual, **{name: value for name, value in given.items() if value is not None})


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
    seconds = time.perf_counter() - begin
    training.write(options.weights, options.history)
    say(summary(training.evaluations[-1], seconds, as_json=options.json))
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


def history_csv(training: Training) -> str:
    """Return a table with a row an epoch; numbers at full precision."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["epoch", "step", *FIELDS])
    for evaluation in training.evaluations:
        epoch = evaluation.step // training.trainer.steps_per_epoch
        writer.writerow([epoch, evaluation.step, *(getattr(evaluation, name) for name in FIELDS)])
    return text.getvalue()


def summary(newest: Evaluation, seconds: float, *, as_json: bool) -> str:
    """Return the result as one JSON object, or as a line for people."""
    if as_json:
        fields = {name: getattr(newest, name) for name in FIELDS}
        finite = {name: value if np.isfinite(value) else None for name, value in fields.items()}
        return json.dumps({**finite, "steps": newest.step, "seconds": round(seconds, 3)})
    return (
        f"{newest.step:,} steps in {seconds:.1f} s: train loss {newest.train_loss:.4f}, accuracy "
        f"{newest.train_accuracy:.4f}; test loss {newest.test_loss:.4f}, accuracy {newest.test_accuracy:.4f}"
    )

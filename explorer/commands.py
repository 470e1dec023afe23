"""The commands that print: shelf, trace, check, train. No Qt."""

import argparse
import csv
import io
import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.trainer import Trainer
from explorer.files import write_atomically, write_weights
from explorer.files.weights import format_of
from explorer.problems import load_problem, shelf
from explorer.session import Evaluation, Settings, Subject
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.opening import DEFAULTS, open_data
from explorer.session.saving import describe_weights
from explorer.tape import notation, record
from explorer.tape.formats import FORMATS
from explorer.tape.gradcheck import check_gradients


def print_shelf(_options: argparse.Namespace) -> int:
    """List the built-in problems by name."""
    entries = shelf()
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        print(f"{entry.name:<{width}}  {entry.title}")
    return 0


def print_trace(options: argparse.Namespace) -> int:
    """Print a tape, or write it to a file."""
    problem = load_problem(options.problem)
    tape = record(problem, after=options.after)
    text = FORMATS[options.format](tape, notation(options.notation or problem.notation), problem.title)
    if options.out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    else:
        write_atomically(options.out, text.encode())
    return 0


def print_check(options: argparse.Namespace) -> int:
    """Print the gradient check of every block; 1 where one fails."""
    report = check_gradients(load_problem(options.problem))
    print(report.to_json() if options.json else report.table())
    return 0 if report.passed else 1


USUAL_STEPS = 6000
"""Updates, rounded up to whole epochs, after which every built-in set is learnt under its usual settings."""


@dataclass(frozen=True, slots=True)
class Training:
    """A run of ``train``: its subject, its network in the chosen dtype, its trainer."""

    subject: Subject
    settings: Settings
    network: Network
    trainer: Trainer
    epochs: int
    evaluator: Evaluator

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

    def evaluate(self) -> Evaluation:
        """Measure the network on the training and the test samples."""
        return self.evaluator.evaluate(self.network, self.trainer.step)


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
        raise ExplorerError(f"hidden layers {text!r}: expected whole numbers with commas between them, such as 64,32")
    return tuple(int(part) for part in parts)


def train(options: argparse.Namespace) -> int:
    """Train without a window, print or write what was asked for."""
    training = Training.of(options)
    refuse_unwritable(options.weights, options.history)
    if options.weights is not None:
        format_of(options.weights)
    begin = time.perf_counter()
    evaluations = train_epochs(training, quiet=options.json)
    seconds = time.perf_counter() - begin
    if options.weights is not None:
        newest = evaluations[-1]
        info = describe_weights(training.subject, training.settings, training.network, newest.step, newest)
        write_weights(options.weights, training.network, info)
    if options.history is not None:
        write_atomically(options.history, history_csv(training, evaluations).encode())
    print(summary(evaluations[-1], seconds, as_json=options.json))
    return 0


def refuse_unwritable(*paths: Path | None) -> None:
    """Refuse, before the training and not after it, a file in a folder that does not exist."""
    for path in paths:
        if path is not None and not path.absolute().parent.is_dir():
            folder = path.absolute().parent
            raise ExplorerError(f"{path} cannot be written: the folder {folder} does not exist, make it first")


def train_epochs(training: Training, *, quiet: bool) -> list[Evaluation]:
    """Train every epoch under a progress bar; the first evaluation is of the untrained network."""
    evaluations = [training.evaluate()]
    tqdm.monitor_interval = 0  # no thread that watches the bar: epochs are short
    with tqdm(total=training.epochs, unit="epoch", disable=quiet, file=sys.stderr, dynamic_ncols=True) as bar:
        for _ in range(training.epochs):
            training.trainer.run(training.trainer.steps_per_epoch)
            evaluations.append(training.evaluate())
            newest = evaluations[-1]
            bar.set_postfix(loss=f"{newest.train_loss:.4f}", test=f"{newest.test_accuracy:.4f}", refresh=False)
            bar.update()
    return evaluations


def history_csv(training: Training, evaluations: list[Evaluation]) -> str:
    """Return a table with a row an epoch; numbers at full precision."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["epoch", "step", "train_loss", "train_accuracy", "test_loss", "test_accuracy"])
    for e in evaluations:
        epoch = e.step // training.trainer.steps_per_epoch
        writer.writerow([epoch, e.step, e.train_loss, e.train_accuracy, e.test_loss, e.test_accuracy])
    return text.getvalue()


def summary(newest: Evaluation, seconds: float, *, as_json: bool) -> str:
    """Return the result as one JSON object, or as a line for people."""
    if as_json:
        fields = {
            name: getattr(newest, name) for name in ("train_loss", "train_accuracy", "test_loss", "test_accuracy")
        }
        finite = {name: value if np.isfinite(value) else None for name, value in fields.items()}
        return json.dumps({**finite, "steps": newest.step, "seconds": round(seconds, 3)})
    return (
        f"{newest.step:,} steps in {seconds:.1f} s: train loss {newest.train_loss:.4f}, accuracy "
        f"{newest.train_accuracy:.4f}; test loss {newest.test_loss:.4f}, accuracy {newest.test_accuracy:.4f}"
    )


TEXT_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "shelf": print_shelf,
    "trace": print_trace,
    "check": print_check,
    "train": train,
}

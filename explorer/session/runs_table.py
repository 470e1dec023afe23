"""Runs side by side: their settings and results as rows of words, and which rows differ. No Qt."""

import math
import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from explorer.data.scaling import IN_A_WORD
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.order import epoch_length
from explorer.session.history import Evaluation
from explorer.session.moment import Moment
from explorer.session.rates import words_of
from explorer.tape.numbers import shown

NONE = "—"
"""Stands where there is nothing to tell."""
FEW_RATES = 3
NO_ZEROS = re.compile(r"(e[+-])0+")
"""Of 1e-08, which is written 1e-8."""


class Row(Struct, frozen=True):
    """A row of the table.

    Attributes
    ----------
    title
        What is compared.
    cells
        A text for each run.
    is_result
        True for what came of a run, False for what was set before it.
    """

    title: str
    cells: tuple[str, ...]
    is_result: bool = False

    @property
    def differs(self) -> bool:
        """True where not all runs have the same."""
        return len(set(self.cells)) > 1


Words = Callable[[Moment], str]


def network_words(moment: Moment) -> str:
    """Return "64-32-10"."""
    return "-".join(str(size) for size in moment.network.sizes)


def activation_words(moment: Moment) -> str:
    """Return the activations of the hidden layers: one word where they are all the same."""
    hidden = moment.network.activations[:-1]
    return ", ".join(hidden if len(set(hidden)) > 1 else hidden[:1]) or NONE


def init_words(moment: Moment) -> str:
    """Return the initialiser, or that the weights are given."""
    problem = moment.subject.problem
    return problem.init.scheme if problem.drawn else "given weights"


def optimizer_words(moment: Moment) -> str:
    """Return the optimiser's title."""
    return OPTIMIZERS[moment.settings.optimizer].title


def rate_words(moment: Moment) -> str:
    """Return the learning rates with which the updates were made, in order."""
    rates = [rate for before, rate in moment.run.rates if before < moment.run.step] or [moment.settings.learning_rate]
    if len(rates) > FEW_RATES:
        return f"{rates[0]:g} … {rates[-1]:g}, {len(rates) - 1} changes"
    return " → ".join(f"{rate:g}" for rate in rates)


def number_words(name: str) -> Words:
    """Return what tells one of the optimiser's own numbers, where it means something to it."""

    def words(moment: Moment) -> str:
        settings = moment.settings
        known = name in OPTIMIZERS[settings.optimizer].hyperparameters
        return NO_ZEROS.sub(r"\1", f"{getattr(settings, name):g}") if known else NONE

    return words


def schedule_words(moment: Moment) -> str:
    """Return the schedules with which the updates were made, in order."""
    run = moment.run
    made = [each for before, each in run.schedules if before < run.step] or [moment.settings.schedule]
    return " → ".join(words_of(each) for each in made[-FEW_RATES:])


def batch_words(moment: Moment) -> str:
    """Return the samples of a minibatch, or that it holds all."""
    samples = moment.subject.problem.samples
    return f"{moment.settings.batch_size:,}" if moment.settings.batch_size < samples else f"all {samples:,}"


def penalty_words(moment: Moment) -> str:
    """Return lambda, or nothing."""
    l2 = moment.subject.problem.objective.l2
    return f"{l2:g}" if l2 else NONE


def edited_words(moment: Moment) -> str:
    """Return the names of what a person changed."""
    return ", ".join(sorted(moment.subject.edited | moment.run.edited)) or NONE


def measured_words(field: str) -> Words:
    """Return what tells one field of the newest measurement."""

    def words(moment: Moment) -> str:
        value = math.nan if (newest := newest_of(moment)) is None else float(getattr(newest, field))
        return NONE if math.isnan(value) else shown(value, 4)

    return words


def newest_of(moment: Moment) -> Evaluation | None:
    """Return the newest measurement of a run; None where there is none."""
    measured = moment.history.evaluations
    return moment.run.evaluation or (measured[-1] if measured else None)


def epochs_made(moment: Moment) -> int:
    """Return the whole passes over the samples up to the step that is told of a run."""
    run, settings = moment.run, moment.settings
    if run.kept_step is None:
        return run.epoch
    return run.kept_step // epoch_length(moment.subject.problem.samples, settings.batch_size)


def ending_words(moment: Moment) -> str:
    """Return why a run came to rest, where it did so by itself."""
    if moment.run.diverged_at is not None:
        return f"diverged at step {moment.run.diverged_at:,}"
    return moment.run.stopped or NONE


def mistakes_words(moment: Moment) -> str:
    """Return which mistakes are made on purpose, but not one that is to be found."""
    problem = moment.subject.problem
    return "a hidden one" if problem.puzzle else ", ".join(problem.mistakes) or NONE


SETTINGS: tuple[tuple[str, Words], ...] = (
    ("data", lambda moment: moment.subject.title),
    ("samples", lambda moment: f"{moment.subject.problem.samples:,}"),
    ("held out", lambda moment: f"{len(moment.subject.test_X):,}"),
    ("scaling", lambda moment: IN_A_WORD.get(moment.subject.scaling, moment.subject.scaling) or NONE),
    ("network", network_words),
    ("activation", activation_words),
    ("loss", lambda moment: moment.network.loss.replace("_", " ")),
    ("β", lambda moment: f"{moment.network.beta:g}"),
    ("initialiser", init_words),
    ("seed", lambda moment: str(moment.settings.seed)),
    ("optimiser", optimizer_words),
    ("rate", rate_words),
    ("schedule", schedule_words),
    *((name.replace("_", " "), number_words(name)) for name in ("momentum", "rho", "beta1", "beta2", "epsilon")),
    ("weight decay", number_words("weight_decay")),
    ("batch", batch_words),
    ("L2 penalty", penalty_words),
    ("mistakes", mistakes_words),
    ("changed by hand", edited_words),
)
"""What was set before a run, in the order of the table."""
RESULTS: tuple[tuple[str, Words], ...] = (
    ("steps", lambda moment: f"{moment.run.shown_step:,}"),
    ("epochs", lambda moment: f"{epochs_made(moment):,}"),
    ("train loss", measured_words("train_loss")),
    ("test loss", measured_words("test_loss")),
    ("train accuracy", measured_words("train_accuracy")),
    ("test accuracy", measured_words("test_accuracy")),
    ("ended", ending_words),
)
"""What came of it."""


def side_by_side(moments: Sequence[Moment]) -> tuple[Row, ...]:
    """Return the rows of the table for these runs, without those in which none has anything to tell."""
    rows = [
        Row(title, tuple(words(moment) for moment in moments), is_result=table is RESULTS)
        for table in (SETTINGS, RESULTS)
        for title, words in table
    ]
    return tuple(row for row in rows if set(row.cells) != {NONE})


def settings_words(moment: Moment) -> str:
    """Return a run's settings in a line: "64-32-10 tanh · SGD 0.1 · batch 32 · seed 0"."""
    network = f"{network_words(moment)} {activation_words(moment)}".removesuffix(f" {NONE}")
    rule = f"{optimizer_words(moment)} {rate_words(moment)}"
    if moment.settings.schedule.varies:
        rule = f"{rule}, {words_of(moment.settings.schedule)}"
    return f"{network} · {rule} · batch {batch_words(moment)} · seed {moment.settings.seed}"

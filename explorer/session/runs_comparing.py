"""Optimisers compared: the same network, from the same weights and in the same order of samples, under each. No Qt."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Memory, Problem
from explorer.session.checkpoints import Checkpoints, Pass
from explorer.session.history import Evaluation, History
from explorer.session.moment import Moment
from explorer.session.rates import USUAL_STEPS, with_rates
from explorer.session.run import Run, RunStatus
from explorer.session.runs import COLOURS
from explorer.session.runs_naming import name_apart
from explorer.session.settings import MAX_EPOCHS, Settings
from explorer.session.state import State
from explorer.session.subject import Subject
from explorer.session.usual import own_update, usual_rate

MOST_LANES = COLOURS
"""Runs that are compared at once: as many as there are colours."""
RIGHT = "no mistake"
"""What the run without a mistake is called."""
KEPT_BYTES = 4 * 2**20
"""Of each run's steps to go back to."""


class Lane(Struct, eq=False):
    """One of the runs that are made side by side: how far it is, and what was measured along it.

    Attributes
    ----------
    name
        "Adam 0.005"; where a kept run is called so, with what sets this one apart.
    subject
        On whose samples it is trained.
    problem
        Shares its samples with the window; its network holds the initial weights, and is never written.
    done
        True once no update is left to make.
    """

    name: str
    subject: Subject
    settings: Settings
    problem: Problem
    network: Network
    memory: Memory = field(default_factory=Memory)
    run: Run = field(default_factory=Run)
    history: History = field(default_factory=History)
    done: bool = False

    def __post_init__(self) -> None:
        """Keep fewer steps than a run by itself does, but the first of all: what comes up late fits in after it."""
        self.history.checkpoints = Checkpoints(KEPT_BYTES)
        self.history.checkpoints.add(Pass(self.network, self.memory, self.run.step, self.run.epoch))

    def note(self, evaluation: Evaluation) -> None:
        """Take what was measured."""
        self.history.add(evaluation)
        self.run = replace(self.run, evaluation=evaluation)

    def stand_at(self, network: Network, memory: Memory, step: int, epoch: int) -> None:
        """Take the newest numbers: the network after so many updates, which nobody writes any more."""
        self.network, self.memory = network, memory
        self.history.checkpoints.add(Pass(network, memory, step, epoch))
        begun = with_rates(replace(self.run, step=0), self.settings)
        self.run = replace(begun, step=step, epoch=epoch, status=RunStatus.PAUSED)

    def diverge(self, step: int | None) -> None:
        """Note that the run failed, at that step if it left the finite numbers; its last good numbers stand."""
        self.run, self.done = replace(self.run, status=RunStatus.FAILED, diverged_at=step), True


class Comparison(Struct, frozen=True):
    """What is to be compared.

    Attributes
    ----------
    rates
        The learning rates by the optimiser's name: a run for each.
    epochs
        Passes over the samples that each run makes.
    """

    rates: Mapping[str, tuple[float, ...]]
    epochs: int

    def lanes(self, state: State) -> tuple[Lane, ...]:
        """Return a run for each pair, each at the initial weights of the state's subject.

        Raises
        ------
        ExplorerError
            If there are none, or too many, or a number is absurd.
        """
        pairs = [(name, rate) for name, rates in self.rates.items() for rate in dict.fromkeys(rates)]
        if not 2 <= len(pairs) <= MOST_LANES:
            chosen = f"{len(pairs)} run{'s' * (len(pairs) != 1)} to compare"
            raise ExplorerError(f"{chosen}: choose 2 to {MOST_LANES} optimisers or rates")
        if not 1 <= self.epochs <= MAX_EPOCHS:
            raise ExplorerError(f"epochs {self.epochs}: expected 1 to {MAX_EPOCHS:,}")
        return tuple(lane_of(state, name, rate) for name, rate in pairs)


class WithAndWithout(Struct, frozen=True):
    """A comparison of the mistakes that the subject makes on purpose with none.

    Attributes
    ----------
    epochs
        Passes over the samples that each run makes.
    """

    epochs: int

    def lanes(self, state: State) -> tuple[Lane, ...]:
        """Return the right run and the wrong one, from the same initial weights and in the same order of samples."""
        problem = state.subject.problem
        right = lane_with(state, state.settings, replace(problem, mistakes=()), RIGHT)
        return right, lane_with(state, state.settings, problem, wrong_name(problem.mistakes))


def wrong_name(mistakes: tuple[str, ...]) -> str:
    """Return what a run with mistakes is called."""
    return mistakes[0].replace("_", " ") if len(mistakes) == 1 else f"{len(mistakes)} mistakes"


def lane_of(state: State, optimizer: str, rate: float) -> Lane:
    """Return a run of the state's subject and settings from its initial weights, but for the optimiser and its rate."""
    settings = replace(state.settings, optimizer=optimizer, learning_rate=rate)
    old = state.subject.problem
    problem = replace(old, update=settings.update(train_biases=old.update.train_biases))
    return lane_with(state, settings, problem, f"{OPTIMIZERS[optimizer].title} {rate:g}")


def lane_with(state: State, settings: Settings, problem: Problem, name: str) -> Lane:
    """Return a run of a problem from its weights, under a name that no kept run has."""
    lane = Lane(name, state.subject, settings, problem, problem.network, run=Run(state.run.id))
    lane.name = name_apart(state.runs, name, lane_moment(state, lane))
    return lane


def lane_moment(state: State, lane: Lane) -> Moment:
    """Return a run that was compared as a moment of the session, to be kept; the state is any of the same subject."""
    subject = replace(state.subject, problem=lane.problem)
    shown = replace(
        state,
        subject=subject,
        settings=lane.settings,
        network=lane.network,
        memory=lane.memory,
        run=lane.run,
        passes=(),
        front=None,
    )
    return Moment.of(shown, lane.history)


def usual_epochs(state: State) -> int:
    """Return how many epochs to compare over, if nobody says."""
    return -(-USUAL_STEPS // state.steps_per_epoch)


def usual_rates(state: State) -> dict[str, float]:
    """Return the rate to begin with for each optimiser: the one that is set, and what is usual for the others."""
    own, settings = own_update(state.subject), state.settings
    rates = {name: usual_rate(own, name) for name in OPTIMIZERS}
    return rates | {settings.optimizer: settings.learning_rate}

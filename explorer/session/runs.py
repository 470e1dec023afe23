"""Runs that are kept: each under a name and a colour, to be compared and shown again, in a budget of memory. No Qt.

A kept run is a moment of the session: it shares its arrays and its curves with the run that it was, and nobody writes
them from then on.
"""

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session.comparable import measure_of
from explorer.session.history import Evaluation, History
from explorer.session.moment import Moment, sample_sizes
from explorer.session.subject import Subject

COLOURS = 8
"""Colours to tell runs apart by; each look has its own of the same hues."""
MOST_BYTES = 256 * 2**20
"""What the curves, weights and kept steps of all kept runs may take together."""
MOST_RUNS, MOST_QUIET = 32, 4
"""Runs that are kept at most, and those among them that nobody asked for."""
MOST_WORDS = f"{MOST_RUNS} runs or {MOST_BYTES // 2**20} MB"
LONGEST_NAME = 40


class KeptRun(Struct, frozen=True, eq=False):
    """A run that is over for now; equal only to itself.

    Attributes
    ----------
    id
        By which it is known, from 1; also after it was renamed.
    colour
        Which of the colours it has, from 0.
    moment
        Its settings, data, weights and history.
    quiet
        True where nobody asked for it: it gives way to newer ones of its kind.
    """

    id: int
    name: str
    colour: int
    moment: Moment
    quiet: bool = False

    @property
    def history(self) -> History:
        """What was measured along it; shared, and never written."""
        return self.moment.history

    @property
    def evaluation(self) -> Evaluation | None:
        """The newest measurement; None where there is none."""
        measured = self.history.evaluations
        return self.moment.run.evaluation or (measured[-1] if measured else None)

    @property
    def steps_per_epoch(self) -> int:
        """Updates of a whole pass over its samples."""
        return -(-self.moment.subject.problem.samples // self.moment.settings.batch_size)

    def stands_at(self, moment: Moment) -> bool:
        """Tell whether that moment is of the same run at the same step."""
        return self.moment.network is moment.network and self.moment.run.step == moment.run.step


Runs = tuple[KeptRun, ...]


def named(runs: Runs, run_id: int) -> KeptRun:
    """Return the run of that id.

    Raises
    ------
    ExplorerError
        If it is not kept (any more).
    """
    for run in runs:
        if run.id == run_id:
            return run
    raise ExplorerError(f"run {run_id} is not kept: choose one of the list")


def next_id(runs: Runs) -> int:
    """Return the id of the next run that is kept."""
    return max((run.id for run in runs), default=0) + 1


def drawn_beside(runs: Runs, subject: Subject, hidden: Collection[int]) -> Runs:
    """Return the runs whose curves are drawn where that subject is shown: comparable ones, unless they are hidden."""
    measure = measure_of(subject)
    return tuple(run for run in runs if run.id not in hidden and measure_of(run.moment.subject) == measure)


def coming_colours(runs: Runs, count: int, drawn: Runs) -> tuple[int, ...]:
    """Return the colours that the next so many runs will get: free ones, first of all among those that are drawn."""
    used, seen = [run.colour for run in runs], [run.colour for run in drawn]
    for _ in range(count):
        colour = min(range(COLOURS), key=lambda each: (seen.count(each), used.count(each)))
        used.append(colour)
        seen.append(colour)
    return tuple(used[len(runs) :])


def with_moments(
    runs: Runs, moments: Iterable[tuple[str, Moment]], hidden: Collection[int] = (), *, quiet: bool = False
) -> Runs:
    """Return the runs with others that are kept now, each by its name; an empty one is "run 3", by its id.

    Parameters
    ----------
    hidden
        The ids of runs whose curves are not drawn.
    """
    for name, moment in moments:
        number = next_id(runs)
        words = unused({run.name for run in runs}, name or f"run {number}")
        (colour,) = coming_colours(runs, 1, drawn_beside(runs, moment.subject, hidden))
        runs = (*runs, KeptRun(number, words, colour, moment, quiet))
    return runs


def unused(taken: Collection[str], name: str) -> str:
    """Return the name; followed by a number where it is taken already, and then cut so that it is not too long."""
    number, fresh = 2, name
    while fresh in taken:
        suffix = f" ({number})"
        fresh, number = f"{name[: LONGEST_NAME - len(suffix)]}{suffix}", number + 1
    return fresh


def fitting(runs: Runs, subject: Subject, shown: int | None = None) -> Runs:
    """Return the runs without those quiet ones that must give way where there are too many, or too large together.

    Parameters
    ----------
    shown
        The id of a run that is about to be shown, which stays.

    Raises
    ------
    ExplorerError
        If those that stay are too many or too large by themselves.
    """
    while sum(run.quiet for run in runs) > MOST_QUIET or not fits(runs, subject):
        going = first_to_go(runs, shown)
        if going is None:
            raise ExplorerError(f"more than {MOST_WORDS} cannot be kept: delete a run of the list first")
        runs = tuple(run for run in runs if run is not going)
    return runs


def first_to_go(runs: Runs, shown: int | None) -> KeptRun | None:
    """Return the oldest quiet run that is neither the longest of them, nor the newest run, nor shown; or None."""
    quiet = [run for run in runs if run.quiet]
    longest = max(quiet, key=lambda run: run.moment.run.step, default=None)
    return next((run for run in quiet if run is not longest and run is not runs[-1] and run.id != shown), None)


def gone_words(before: Runs, after: Runs) -> str:
    """Return which runs gave way to others, in a sentence; empty where none did."""
    stay = {run.id for run in after}
    gone = [f"{run.name} (to step {run.moment.run.step:,})" for run in before if run.id not in stay]
    if not gone:
        return ""
    asked = "which nobody had asked to keep"
    return f"{' and '.join(gone)}, {asked}, gave way to {after[-1].name}; undo brings it back."


def fits(runs: Runs, subject: Subject) -> bool:
    """Tell whether so many runs may be kept."""
    return len(runs) <= MOST_RUNS and held_bytes(runs, subject) <= MOST_BYTES


def held_bytes(runs: Runs, subject: Subject) -> int:
    """Return what the runs take: each array counted once, and those of the subject that the window shows not at all."""
    shown = {key for key, _ in sample_sizes(subject)}
    taken = dict(pair for run in runs for pair in run.moment.sizes())
    return sum(size for key, size in taken.items() if key not in shown)


def other_sizes(runs: Runs, kept: Runs) -> Iterator[tuple[int, int]]:
    """Give the identity and the bytes of each thing that runs take which are not among the kept ones."""
    alive = {run.id for run in kept}
    for run in runs:
        if run.id not in alive:
            yield from run.moment.sizes()


def renamed(run: KeptRun, name: str) -> KeptRun:
    """Return the run under another name; whoever names it wants to keep it."""
    return replace(run, name=name, quiet=False)

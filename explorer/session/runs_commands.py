"""Changes of the list of kept runs: small values that can be undone, and leave the run that goes on alone. No Qt."""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session.moment import Moment
from explorer.session.runs import COLOURS, LONGEST_NAME, Runs, fitting, named, renamed, with_moments
from explorer.session.state import State


class RunsCommand(Struct, frozen=True):
    """A change of the kept runs and of nothing else."""

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, state: State) -> str:
        """Return what it is called, after "Undo", where it is made in that state."""
        raise NotImplementedError

    def runs(self, state: State) -> Runs:
        """Return the kept runs after it; the same tuple where nothing changes.

        Raises
        ------
        ExplorerError
            If it cannot be made.
        """
        raise NotImplementedError

    def apply(self, state: State) -> State:
        """Return the state after it; the same object where nothing changes."""
        runs = self.runs(state)
        return state if runs is state.runs else replace(state, runs=runs)


class KeepRuns(RunsCommand, frozen=True):
    """Keep runs, each by its name: "" for one that is numbered.

    Attributes
    ----------
    what
        What an undo of it is called.
    """

    moments: tuple[tuple[str, Moment], ...]
    what: str = ""

    def text(self, state: State) -> str:
        """Return the name of the run, or of what made several."""
        return self.what or f"keeping {self.runs(state)[-1].name}"

    def runs(self, state: State) -> Runs:
        """Return the runs with these; older ones that nobody asked for may give way."""
        moments = tuple((name, moment) for name, moment in self.moments)
        return fitting(with_moments(state.runs, moments, state.hidden_runs), state.subject) if moments else state.runs


class RenameRun(RunsCommand, frozen=True):
    """Another name for a run."""

    run_id: int
    name: str

    def text(self, state: State) -> str:
        """Return both names."""
        return f"renaming {named(state.runs, self.run_id).name} to {self.name.strip()}"

    def runs(self, state: State) -> Runs:
        """Return the runs with that one renamed; it is then no quiet one any more."""
        run, name = named(state.runs, self.run_id), " ".join(self.name.split())
        if name == run.name:
            return state.runs
        if not 1 <= len(name) <= LONGEST_NAME:
            raise ExplorerError(f"name of a run: expected 1 to {LONGEST_NAME} characters, got {len(name)}")
        if name in {other.name for other in state.runs}:
            raise ExplorerError(f"another run is called {name}: choose a different name")
        return tuple(renamed(each, name) if each is run else each for each in state.runs)


class RecolourRun(RunsCommand, frozen=True):
    """Another colour for a run: a number from 0, below ``COLOURS``."""

    run_id: int
    colour: int

    def text(self, state: State) -> str:
        """Return whose colour changes."""
        return f"the colour of {named(state.runs, self.run_id).name}"

    def runs(self, state: State) -> Runs:
        """Return the runs with that one in another colour."""
        run, colour = named(state.runs, self.run_id), self.colour % COLOURS
        if colour == run.colour:
            return state.runs
        return tuple(replace(each, colour=colour) if each is run else each for each in state.runs)


class AskedFor(RunsCommand, frozen=True):
    """Keep a run for good that was kept quietly."""

    run_id: int

    def text(self, state: State) -> str:
        """Return which."""
        return f"keeping {named(state.runs, self.run_id).name}"

    def runs(self, state: State) -> Runs:
        """Return the runs with that one no longer quiet."""
        run = named(state.runs, self.run_id)
        if not run.quiet:
            return state.runs
        return tuple(replace(each, quiet=False) if each is run else each for each in state.runs)


class DeleteRuns(RunsCommand, frozen=True):
    """Keep these runs no longer."""

    run_ids: tuple[int, ...]

    def text(self, state: State) -> str:
        """Return which."""
        names = [named(state.runs, run_id).name for run_id in self.run_ids]
        return f"deleting {names[0]}" if len(names) == 1 else f"deleting {len(names)} runs"

    def runs(self, state: State) -> Runs:
        """Return the runs that are left."""
        gone = {named(state.runs, run_id).id for run_id in self.run_ids}
        return tuple(run for run in state.runs if run.id not in gone) if gone else state.runs

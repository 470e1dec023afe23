"""Several updates, a pass at a time: on by the update that the tape shows, back to the passes before. No Qt."""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Memory, Problem
from explorer.session.checkpoints import Pass
from explorer.session.edits import retuned
from explorer.session.guests_told import refusal_to_train
from explorer.session.showing import retaped, shown_problem
from explorer.session.state import State
from explorer.tape.finite import departure, first_not_finite
from explorer.tape.record import updated

MOST_PASSES = 64
MOST_BYTES = 64 * 2**20


class NextUpdate(Struct, frozen=True):
    """Make the update that the tape shows, and show the pass that follows: ``record(problem, after=k + 1)``."""

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, state: State) -> str:
        """Return what an undo of it is called."""
        return f"update {state.memory.updates + 1:,}"

    def apply(self, state: State) -> State:
        """Return the state of the next pass: at its first step if the update was on show, else at the same step.

        Raises
        ------
        ExplorerError
            If the update leaves the finite numbers, a mistake in it leaves parameters of other shapes, or the pass is
            of a sample that is not trained on.
        """
        if sentence := refusal_to_train(state):
            raise ExplorerError(sentence)
        problem, tape = shown_problem(state), state.tape
        if first_not_finite(tape):
            raise ExplorerError(f"{departure(first_not_finite(tape))}: lower the learning rate, then make the update")
        after = updated(problem, tape)
        refuse_strays(state, after)
        network = (
            after.network if state.network.dtype == after.network.dtype else after.network.copy(state.network.dtype)
        )
        run = replace(state.run, step=state.run.step + 1)
        passes = bounded((*state.passes, pass_of(state)))
        position = 0 if state.step.phase == "update" else state.position
        memory = replace(after.memory, strays=after.strays)
        fresh = replace(state, network=network, memory=memory, run=run, network_step=run.step)
        return retaped(replace(fresh, passes=passes, position=position))


class PreviousUpdate(Struct, frozen=True):
    """Go back to the pass before the last update."""

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, state: State) -> str:
        """Return what an undo of it is called."""
        return f"going back to pass {state.passes[-1].memory.updates + 1:,}"

    def apply(self, state: State) -> State:
        """Return the state of the pass before, at the same step.

        Raises
        ------
        ExplorerError
            If there is none.
        """
        if not state.passes:
            raise ExplorerError("no pass before this one is remembered: make an update first")
        *before, last = state.passes
        network = retuned(last.network, state.network.beta)
        run = replace(state.run, step=last.step, epoch=last.epoch)
        fresh = replace(state, network=network, memory=last.memory, run=run, network_step=run.step)
        return retaped(replace(fresh, passes=tuple(before)))


def refuse_strays(state: State, after: Problem) -> None:
    """Refuse parameters of other shapes, but biases that are stretched over all samples: with these a pass can be made.

    Raises
    ------
    ExplorerError
        In one sentence that says what can be done.
    """
    for name, array in after.strays.items():
        if name in state.memory.strays and not state.whole:
            raise ExplorerError(f"a mistake has stretched {name} over all samples: show them (B), then make the update")
        if array.shape != (state.samples, state.network.parameters[name].size):
            raise ExplorerError(f"no pass follows, for a mistake gives {name} another shape: leave it out first")


def passes_to(state: State, memory: Memory | None) -> tuple[Pass, ...]:
    """Return the passes before the one that the optimiser's memory belongs to: none where updates lie between."""
    updates = 0 if memory is None else memory.updates
    if updates == state.memory.updates:
        return state.passes
    return bounded((*state.passes, pass_of(state))) if updates == state.memory.updates + 1 else ()


def pass_of(state: State) -> Pass:
    """Return what is needed to come back to the state's pass."""
    return Pass(state.network, state.memory, min(state.network_step, state.run.step), state.run.epoch)


def bounded(passes: tuple[Pass, ...]) -> tuple[Pass, ...]:
    """Return the newest passes, as many as the bounds allow; at least one."""
    most = max(1, MOST_BYTES // max(passes[-1].nbytes, 1))
    return passes[-min(MOST_PASSES, most) :]

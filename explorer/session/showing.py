"""How a state comes about: as a subject opens, as a tape is recorded anew, as training comes to rest. No Qt."""

from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.session.checkpoints import Pass
from explorer.session.guests import guest_problem
from explorer.session.guests_told import still_there
from explorer.session.minibatch import coming_minibatch, only, refusal
from explorer.session.run import Run, RunStatus
from explorer.session.settings import Settings
from explorer.session.state import State
from explorer.session.subject import Subject
from explorer.tape.notation_shelf import DEFAULT
from explorer.tape.record import record

WHOLE_BATCH = 16
"""Of up to this many samples the tape shows the minibatch at first."""
KEPT = (
    *("sample", "whole", "guest", "walk", "drawing", "notation", "layout", "guessing"),
    *("runs", "hidden_runs", "document"),
)
"""What a new run on much the same subject takes over."""


def initial_state(subject: Subject, settings: Settings, run_id: int) -> State:
    """Return the state in which a subject opens: its first sample, or the minibatch of a few, at the first step."""
    problem = subject.problem
    whole = 1 < problem.samples <= WHOLE_BATCH
    shown = only(problem, coming_minibatch(subject, settings, 0)) if whole else problem.only(0)
    return State(subject, settings, problem.network, 0, whole, record(shown), 0, Run(run_id), notation=problem.notation)


def begun_anew(old: State, subject: Subject, settings: Settings) -> State:
    """Return the state of a new run on much the same subject: looked at, and written, as before."""
    fresh = initial_state(subject, settings, old.run.id + 1)
    same_steps = old.network.activations == fresh.network.activations
    position = old.position if same_steps else 0
    kept = {name: getattr(old, name) for name in KEPT}
    if refusal(subject, settings):
        kept["whole"] = False
    return retaped(replace(fresh, position=position, **kept))


def written_as(old: State, fresh: State) -> State:
    """Return a fresh state in its problem's notation; in the old one where the problem has none of its own."""
    name = old.notation if fresh.notation == DEFAULT else fresh.notation
    return replace(fresh, notation=name, layout=old.layout, runs=old.runs, hidden_runs=old.hidden_runs)


def shown_problem(state: State) -> Problem:
    """Return the problem that the tape is of: the current network on the coming minibatch, one sample or a guest."""
    problem = state.subject.problem.with_network(state.network, state.memory)
    if state.guest is not None:
        return guest_problem(problem, state.subject, state.guest, state.drawing)
    return only(problem, state.minibatch) if state.whole else problem.only(state.sample)


def retaped(state: State) -> State:
    """Return the state with its tape recorded anew; of a sample to train on where the guest is there no longer."""
    state = still_there(state)
    tape = record(shown_problem(state))
    return replace(state, tape=tape, position=min(state.position, len(tape) - 1))


def rested(state: State) -> State:
    """Return the state as if training had been paused where the shown network stood."""
    run = state.run
    step = min(state.network_step, run.shown_step)
    status = RunStatus.PAUSED if step else RunStatus.READY
    told = {"stopped": "", "failure": "", "failure_details": ""}
    run = replace(run, status=status, step=step, diverged_at=None, kept_step=None, **told)
    if state.front is not None:
        run = replace(run, epoch=step // state.steps_per_epoch, evaluation=None)
    return state if run == state.run and state.front is None else replace(state, run=run, front=None, network_step=step)


def at_front(state: State) -> State:
    """Return the state at the newest pass of its run; its tape is still that of the pass that was looked at."""
    return state if state.front is None else at_pass(state, state.front)


def at_pass(state: State, shown: Pass, passes: tuple[Pass, ...] = (), front: Pass | None = None) -> State:
    """Return the state at a pass, after others; its tape is still that of the pass that it was at."""
    at = replace(state, network=shown.network, memory=shown.memory, network_step=shown.step)
    return replace(at, passes=passes, front=front)

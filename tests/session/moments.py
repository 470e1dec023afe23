"""What two states of a session are compared by: every number, to the last bit."""

from explorer.session import Session, State

Snapshot = tuple[object, ...]


def numbers(state: State) -> Snapshot:
    """All that an undo must bring back, as values; the run's id and the place on the tape may differ."""
    subject, run = state.subject, state.run
    problem = subject.problem
    tape = tuple((step.id, step.value.tobytes()) for step in state.tape.steps)
    weights = [state.network.theta, problem.network.theta, problem.X, problem.Y, problem.labels]
    memory = {name: vector.tobytes() for name, vector in state.memory.vectors.items()}
    return (
        subject.key,
        subject.edited,
        state.settings,
        problem.mistakes,
        problem.network.beta,
        state.network.beta,
        tuple(None if array is None else array.tobytes() for array in weights),
        (state.memory.updates, memory),
        (run.step, run.epoch, run.status, run.edited, run.kept_step),
        tuple(each.step for each in state.passes),
        (state.sample, state.whole),
        tape,
    )


def snapshot(session: Session) -> Snapshot:
    """The numbers of a session with its history."""
    history = session.history
    return (*numbers(session.state), history.losses.view().tobytes(), tuple(history.evaluations))

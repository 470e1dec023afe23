"""A session on three samples, and training without its engine."""

import numpy as np

from explorer.engine import Network, Problem, Update
from explorer.session import (
    Evaluation,
    RunStatus,
    Session,
    Settings,
    Subject,
)
from explorer.tape import record
from explorer.tape.record import updated


def session_of(optimizer: str = "adam") -> Session:
    X = np.random.default_rng(0).normal(size=(3, 2))
    network = Network.random((2, 3, 2), seed=1)
    labels = np.array([0, 1, 1])
    problem = Problem(network, X, np.eye(2)[labels], labels, update=Update(optimizer, 0.1), title="three")
    return Session(Subject.of_problem("three", problem), Settings.of_problem(problem))


def train(session: Session, steps: int = 3) -> None:
    """What the engine does, without its thread: start, send numbers, come to rest."""
    session.set_status(RunStatus.RUNNING)
    state = session.state
    problem = state.subject.problem.with_network(state.network, state.memory)
    losses = []
    for _ in range(steps):
        tape = record(problem)
        losses.append(tape.loss)
        problem = updated(problem, tape)
    step = state.run.step + steps
    measured = Evaluation(step, losses[-1], 0.5, float(step), 0.5)
    network, memory = problem.network, problem.memory
    session.receive(state.run.id, step, step, np.array(losses, np.float32), (measured,), network, memory)
    session.set_status(RunStatus.PAUSED)

"""What leaves the session: what a weights file tells of its weights, and what a problem file can hold of a subject."""

import math

from msgspec.structs import replace

from explorer.engine.network import Network
from explorer.engine.problem import Problem
from explorer.files import WeightsInfo
from explorer.problems.writing import update_keys
from explorer.resources import program_version
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.history import Evaluation
from explorer.session.points_told import told_points
from explorer.session.rightness import targets_kind
from explorer.session.settings import Settings
from explorer.session.split_told import told_split
from explorer.session.state import State
from explorer.session.subject import POINTS, Subject

RESULTS = ("test_loss", "test_accuracy")
"""What a weights file tells of the newest measurement."""


def describe_weights(
    subject: Subject, settings: Settings, network: Network, steps: int, newest: Evaluation | None
) -> WeightsInfo:
    """Return what a weights file says of its weights, after ``steps`` updates of this run.

    Weights that came from a file keep its seed, by which their samples were held out, and the updates made before.
    """
    if subject.past is None:
        before = WeightsInfo(
            seed=settings.seed,
            data=subject.trained_on,
            scaling=subject.scaling,
            inputs=subject.inputs.as_values() if subject.inputs else {},
            targets=subject.targets.as_values() if subject.targets else {},
            choices=subject.data.choices.as_values() if subject.data and subject.data.choices else {},
            classes=subject.classes,
        )
    else:
        before = replace(subject.past.info, program=program_version())
    before = replace(
        before, settings=replace(settings, seed=before.seed, l2=subject.problem.objective.l2 or settings.l2).as_values()
    )
    if POINTS in subject.edited:
        before = replace(before, points=told_points(subject), split={})
    elif not before.split:
        before = replace(before, split=told_split(subject))
    if steps:
        before = replace(before, update={**update_keys(subject.problem.update)})
    results = {name: getattr(before, name) if not steps else None for name in RESULTS}
    if newest is not None:
        new = {name: getattr(newest, name) for name in RESULTS}
        results |= {name: value for name, value in new.items() if math.isfinite(value)}
    return replace(before, steps=before.steps + steps, **results).about(network)


def weights_info(state: State) -> WeightsInfo:
    """Return what a file of the state's weights says of them."""
    run = state.run
    steps = run.step if run.kept_step is None else run.kept_step
    newest = run.evaluation
    if steps and (newest is None or newest.step != steps):
        newest = measured(state, steps)
    return describe_weights(state.subject, state.settings, state.network, steps, newest)


def measured(state: State, steps: int) -> Evaluation:
    """Measure the state's weights, on as many of the held-out samples as while they were trained."""
    network, seed, kind = state.network, state.settings.seed, targets_kind(state.subject)
    train, test = (SampleSet(X, Y, seed, network.dtype, kind=kind) for X, Y in state.subject.parts)
    return Evaluator(train, test, state.subject.problem.objective, state.settings.batch_size).evaluate(network, steps)


def problem_to_save(state: State) -> Problem:
    """Return the subject with the weights as they stand and in the notation shown, described as what a file holds."""
    subject, problem = state.subject, state.subject.problem.with_network(state.network)
    problem = replace(problem, notation=state.notation)
    if not subject.data_set:
        return problem
    samples = f"The {problem.samples:,} training samples of {subject.data_set}; the {len(subject.test_X):,} held out"
    words = f"{samples} are not in this file. Of the whole set: {problem.description}"
    return replace(problem, description=words)


def missing_in(subject: Subject) -> str:
    """Return the clause that says what a problem file leaves out of a subject; empty where it holds it all."""
    if not subject.data_set:
        return ""
    samples = f"the {subject.problem.samples:,} training samples only"
    return f": a problem file holds {samples}, without held-out samples or class names"

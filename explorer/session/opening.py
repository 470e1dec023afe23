"""From a name or a file to a subject with sensible settings: shelf problem, data set, problem file or weights file."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from explorer.data import DATASETS, load_dataset
from explorer.engine.network import Network
from explorer.engine.problem import Problem
from explorer.files import FORMATS, WeightsInfo, read_weights
from explorer.problems import load_problem
from explorer.problems.shelf import shelf_names
from explorer.session.history import Evaluation
from explorer.session.settings import Settings
from explorer.session.state import State
from explorer.session.subject import Subject

Opened = tuple[Subject, Settings]

DEFAULTS: dict[str, Settings] = {
    "digits": Settings((32,), "tanh", 0.2, 32),
    "xor": Settings((8,), "tanh", 0.1, 16),
    "moons": Settings((8, 8), "tanh", 0.1, 16),
    "circles": Settings((8,), "tanh", 0.1, 16),
    "spiral": Settings((16, 16), "tanh", 0.2, 8),
}
"""Settings under which each data set is learnt within some 6,000 updates."""


def open_named(name: str) -> Opened:
    """Open a weights file, a problem file, a shelf problem or a data set; a name of both is the shelf's.

    Raises
    ------
    ExplorerError
        If nothing of that name can be opened; the sentence says why.
    """
    if Path(name).suffix.lower() in FORMATS:
        return open_weights(Path(name))
    if name in DATASETS and name not in shelf_names() and not Path(name).is_file():
        return open_data(name)
    problem = load_problem(name)
    return Subject.of_problem(name, problem), Settings.of_problem(problem)


def open_key(key: str) -> Opened:
    """Open what a subject's ``key`` names: "data:xor" is the data set, "problem:xor" the problem."""
    kind, _, name = key.partition(":")
    return open_data(name) if kind == "data" else open_named(name)


def open_data(name: str, settings: Settings | None = None) -> Opened:
    """Open a built-in data set under its usual or the given settings."""
    data = load_dataset(name)
    settings = settings or DEFAULTS.get(name, Settings())
    return Subject.of_data(data, settings), settings


def open_weights(path: Path) -> Opened:
    """Open a weights file on the data that its metadata name; where they name none, on one sample of zeros."""
    network, info = read_weights(path)
    base = base_of(info, network)
    settings = replace(
        Settings.of_problem(base.problem.with_network(network)),
        learning_rate=base.problem.update.learning_rate,
        batch_size=min(32, base.problem.samples),
        seed=info.seed,
    )
    problem = replace(base.problem, network=network, title=f"{path.name} on {base.title}", drawn=False)
    return replace(base, name=str(path), problem=problem, given=problem, data=None), settings


def base_of(info: WeightsInfo, network: Network) -> Subject:
    """Return the subject that the weights were trained on, if it is built in and fits, else one sample of zeros."""
    ends = (network.sizes[0], network.sizes[-1])
    kind, _, name = info.data.rpartition(":")
    if name in (shelf_names() if kind == "problem" else DATASETS):
        subject, settings = open_key(f"{kind or 'data'}:{name}")
        if subject.data is not None:
            subject = Subject.of_data(subject.data, replace(settings, seed=info.seed))
        if (subject.problem.X.shape[1], subject.problem.Y.shape[1]) == ends:
            return subject
    zeros = Problem(network, np.zeros((1, ends[0])), np.eye(1, ends[1]), title="a sample of zeros")
    return Subject.of_problem("zeros", zeros)


def describe_weights(subject: Subject, settings: Settings, network: Network, newest: Evaluation | None) -> WeightsInfo:
    """Return what a weights file says of its weights."""
    return WeightsInfo(
        sizes=network.sizes,
        activations=network.activations,
        loss=network.loss,
        beta=network.beta,
        dtype=str(network.dtype),
        seed=settings.seed,
        steps=0 if newest is None else newest.step,
        data=subject.name if subject.kind == "data" else subject.key,
        scaling=subject.scaling,
        test_accuracy=None if newest is None or math.isnan(newest.test_accuracy) else newest.test_accuracy,
    )


def weights_info(state: State) -> WeightsInfo:
    """Return what a file of the state's weights says of them."""
    info = describe_weights(state.subject, state.settings, state.network, state.run.evaluation)
    return replace(info, steps=state.run.step)

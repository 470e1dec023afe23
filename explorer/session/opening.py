"""From a name or a file to a subject with sensible settings: shelf problem, data set, problem file or weights file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from explorer.data import DATASETS, Choices, DataSet, load_dataset
from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Problem, Update
from explorer.files import FORMATS, WeightsInfo, read_weights
from explorer.files.datasets import is_samples, read_samples
from explorer.files.datasets.archive import holds_samples
from explorer.problems import load_problem
from explorer.problems.checks import suggestion
from explorer.problems.reading import is_file, shown
from explorer.problems.shelf import shelf_names
from explorer.session.settings import MINIBATCH, Settings
from explorer.session.subject import Past, Subject

Opened = tuple[Subject, Settings]

DEFAULTS: dict[str, Settings] = {
    "digits": Settings((32,), "tanh", 0.2, 32),
    "xor": Settings((8,), "tanh", 0.1, 16),
    "moons": Settings((8, 8), "tanh", 0.1, 16),
    "circles": Settings((8,), "tanh", 0.1, 16),
    "spiral": Settings((16, 16), "tanh", 0.2, 8),
    "blobs": Settings((8,), "tanh", 0.1, 16),
    "sine": Settings((16,), "tanh", 0.1, 16),
    "iris": Settings((8,), "tanh", 0.05, 16),
    "wine": Settings((8,), "tanh", 0.05, 16),
}
"""Settings under which each data set is learnt within some 6,000 updates."""
TABLE, IMAGES = Settings((16,), "tanh", 0.05, 32), Settings((64,), "relu", 0.1, 32)
"""Settings to begin with for one's own data."""


def usual_rate(own: Settings | Update, optimizer: str) -> float:
    """Return the learning rate to begin with: that of ``own`` where it is for this optimiser, else the optimiser's."""
    return own.learning_rate if own.optimizer == optimizer else OPTIMIZERS[optimizer].usual_rate


def usual_settings(data: DataSet) -> Settings:
    """Return the settings to begin with for a data set."""
    return DEFAULTS.get(data.name, IMAGES if data.image_shape else TABLE)


def own_update(subject: Subject) -> Settings | Update:
    """Return how a subject is updated before a person chooses: as is usual for its data set, or as its file says."""
    if subject.given is None or subject.data_set:
        return DEFAULTS.get(subject.data_set, Settings()) if subject.data is None else usual_settings(subject.data)
    return subject.given.update


def open_named(name: str) -> Opened:
    """Open weights, a problem file, a shelf problem, a data set or a file of samples; a name of both is the shelf's.

    Raises
    ------
    ExplorerError
        If nothing of that name can be opened; the sentence says why.
    """
    path, shelved = Path(name), name in shelf_names()
    if path.suffix.lower() in FORMATS:
        return open_samples(path) if holds_samples(path) else open_weights(path)
    if name in DATASETS and not shelved and not is_file(path):
        return open_data(name)
    if not shelved and path.suffix.lower() != ".json" and is_file(path) and is_samples(path):
        return open_samples(path)
    near = suggestion(name, DATASETS)
    if near and not shelved and not is_file(path):
        raise ExplorerError(f"{shown(name)} is no file, no problem on the shelf and no data set{near}: check the name")
    return open_problem(name)


def open_key(key: str) -> Opened:
    """Open what a subject's ``key`` names: "data:xor" is the data set, "problem:xor" the problem."""
    kind, _, name = key.partition(":")
    return open_data(name) if kind == "data" else open_named(name)


def open_problem(name: str) -> Opened:
    """Open a problem file or a shelf problem under the settings that it stands for."""
    problem = load_problem(name)
    return Subject.of_problem(name, problem), settings_of(name, problem)


def settings_of(name: str, problem: Problem, **changes: Any) -> Settings:
    """Return the settings that a problem stands for, or name the file in which they are absurd."""
    try:
        return replace(Settings.of_problem(problem), **changes)
    except ExplorerError as error:
        raise ExplorerError(f"{name}: {error}") from error


def open_data(name: str, settings: Settings | None = None) -> Opened:
    """Open a built-in data set, or a file of samples, under its usual or the given settings."""
    if name not in DATASETS and is_file(Path(name)):
        return opened(read_samples(name), settings)
    return opened(load_dataset(name), settings)


def open_samples(path: Path, choices: Choices | None = None) -> Opened:
    """Open a file of samples: a table as text, IDX or NumPy; at one go, so for files that are not large."""
    return opened(read_samples(path, choices))


def opened(data: DataSet, settings: Settings | None = None) -> Opened:
    """Open samples under their usual or the given settings.

    Raises
    ------
    ExplorerError
        If they cannot be split or standardised.
    """
    settings = settings or usual_settings(data)
    return Subject.of_data(data, settings), settings


def open_weights(path: Path) -> Opened:
    """Open a weights file on the data that its metadata name; where they name none, on one sample of zeros."""
    network, info = read_weights(path)
    base = base_of(info, network, path)
    if base is None:
        past = Past(info, sample_of_zeros(path, network))
    else:
        past = Past(replace(info, data=base.trained_on), base)
    subject = Subject.of_weights(str(path), network, past)
    batch_size = min(MINIBATCH, subject.problem.samples)
    return subject, settings_of(str(path), subject.problem, batch_size=batch_size, seed=info.seed)


def sample_of_zeros(path: Path, network: Network) -> Subject:
    """Return what stands in for data that are not to be found; by its name the file opens again."""
    inputs, targets = np.zeros((1, network.sizes[0])), np.eye(1, network.sizes[-1])
    return Subject.of_problem(str(path), Problem(network, inputs, targets, title="a sample of zeros"))


def base_of(info: WeightsInfo, network: Network, path: Path) -> Subject | None:
    """Return the subject that the weights were trained on, if it is to be found and fits them."""
    kind, colon, name = info.data.partition(":")
    try:
        base = problem_named(name, path) if colon and kind == "problem" else data_named(info)
    except ExplorerError:
        return None
    ends = (network.sizes[0], network.sizes[-1])
    fits = base is not None and (base.problem.X.shape[1], base.problem.Y.shape[1]) == ends
    return base if fits else None


def data_named(info: WeightsInfo) -> Subject | None:
    """Return the built-in data set of the weights, split by their seed."""
    name = info.data.removeprefix("data:")
    if name not in DATASETS:
        return None
    return open_data(name, replace(DEFAULTS.get(name, Settings()), seed=info.seed))[0]


def problem_named(name: str, weights: Path) -> Subject | None:
    """Return the shelf problem, or the problem file: where it was, or beside the weights."""
    if name in shelf_names():
        return open_problem(name)[0]
    places = (Path(name), weights.parent / Path(name).name)
    return next((open_problem(str(place))[0] for place in places if is_problem_file(place)), None)


def is_problem_file(path: Path) -> bool:
    """Tell whether a stranger's path may be opened: a plain file of problems, and never a device."""
    try:
        return path.suffix.lower() == ".json" and path.is_file()
    except (OSError, ValueError):
        return False

"""From a name or a file to a subject with sensible settings: shelf problem, data set, problem file or weights file."""

from collections.abc import Generator
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
from msgspec.structs import replace

from explorer.data import SETS, Choices, DataSet, Scaling, finished, load_dataset
from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.engine.network import Network
from explorer.engine.problem import Problem
from explorer.files import FORMATS, WeightsInfo, read_weights
from explorer.files.datasets import Progress, is_samples, read_samples, reading
from explorer.files.datasets.archive import holds_samples
from explorer.files.datasets.reading import without_bytes
from explorer.problems import load_problem
from explorer.problems.checks import suggestion
from explorer.problems.reading import is_file, shown
from explorer.problems.shelf import shelf_names
from explorer.session.points_told import with_told_points
from explorer.session.rightness import ZEROS, lacks_samples
from explorer.session.settings import MINIBATCH, Settings
from explorer.session.subject import Past, Subject
from explorer.session.usual import DEFAULTS, usual_settings

Opened = tuple[Subject, Settings]
Opening = Generator[Progress, None, Opened]
Result = TypeVar("Result")

AT_ONCE = 0.15
"""Seconds of opening after which the rest goes on beside the window."""


def open_named(name: str) -> Opened:
    """Open weights, a problem file, a shelf problem, a data set or a file of samples; a name of both is the shelf's.

    Raises
    ------
    ExplorerError
        If nothing of that name can be opened; the sentence says why.
    """
    return finished(opening(name))


def opening(name: str) -> Opening:
    """Open in steps what ``open_named`` opens at one go: a file of samples, and that on which weights were trained."""
    path, shelved = Path(name), name in shelf_names()
    if is_data_file(name):
        return (yield from opening_samples(path))
    if path.suffix.lower() in FORMATS:
        return (yield from opening_weights(path))
    if name in SETS and not shelved and not is_file(path):
        return open_data(name)
    near = "" if shelved or is_file(path) else suggestion(name, SETS)
    if near:
        raise ExplorerError(f"{shown(name)} is no file, no problem on the shelf and no data set{near}: check the name")
    return open_problem(name)


def begun(work: Generator[Any, None, Result], seconds: float = AT_ONCE) -> Result | None:
    """Take the steps of an opening for so long; None where there is more to be done."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        try:
            next(work)
        except StopIteration as stop:
            result: Result = stop.value
            return result
    return None


def is_data_file(name: str) -> bool:
    """Tell whether a name is that of a file of samples: no problem, no weights, nothing on the shelf."""
    path = Path(name)
    if path.suffix.lower() in FORMATS:
        return holds_samples(path)
    is_other = name in shelf_names() or path.suffix.lower() == ".json"
    return not is_other and is_file(path) and is_samples(path)


def open_key(key: str) -> Opened:
    """Open what a subject's ``key`` names: "data:xor" is the data set, "problem:xor" the problem."""
    return finished(opening_key(key))


def opening_key(key: str, choices: Choices | None = None) -> Opening:
    """Open in steps what ``open_key`` opens at one go; ``choices`` say how a file of samples is read."""
    kind, _, name = key.partition(":")
    if kind != "data":
        return (yield from opening(name))
    if name in SETS:
        return open_data(name)
    return (yield from opening_samples(Path(name), choices))


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
    if name not in SETS and is_file(Path(name)):
        return opened(read_samples(name), settings)
    return opened(load_dataset(name), settings)


def open_samples(path: Path, choices: Choices | None = None) -> Opened:
    """Open a file of samples: a table as text, IDX or NumPy; at one go, so for files that are not large."""
    return finished(opening_samples(path, choices))


def opening_samples(path: Path, choices: Choices | None = None, settings: Settings | None = None) -> Opening:
    """Open a file of samples in steps."""
    found = yield from reading(path, choices)
    return (yield from preparing(found.samples(), settings))


def opened(data: DataSet, settings: Settings | None = None) -> Opened:
    """Open samples under their usual or the given settings.

    Raises
    ------
    ExplorerError
        If they cannot be split or standardised.
    """
    return finished(preparing(data, settings))


def preparing(data: DataSet, settings: Settings | None = None) -> Opening:
    """Open samples in steps, as ``opened`` does at one go."""
    settings = settings or usual_settings(data)
    return (yield from without_bytes(Subject.from_data(data, settings))), settings


def opening_weights(path: Path) -> Opening:
    """Open a weights file on the data that its metadata name; where they name none, on one sample of zeros.

    Data and settings are as they were when the weights were exported.
    """
    network, info = read_weights(path)
    told = settings_told(info, network)
    base, fault = yield from base_of(info, network, path, told)
    if base is None:
        past = Past(info, sample_of_zeros(path, network), fault)
    else:
        past = Past(replace(info, data=base.trained_on), base)
    subject = Subject.of_weights(str(path), network, past)
    batch_size = min(MINIBATCH, subject.problem.samples)
    settings = told or settings_of(str(path), subject.problem, batch_size=batch_size, seed=info.seed)
    return subject.with_settings(settings), settings


def settings_told(info: WeightsInfo, network: Network) -> Settings | None:
    """Return the settings of the run that the weights are of; None where the file does not tell."""
    if not info.settings:
        return None
    hidden, activations = network.sizes[1:-1], network.activations[:-1]
    told = replace(Settings.from_values(info.settings), hidden=hidden, seed=info.seed)
    return replace(told, activation=activations[0]) if activations else told


def lacking(subject: Subject) -> str:
    """Return the sentence that says that the samples of a weights file were not to be found; empty where they were."""
    past = subject.past
    if past is None or not past.info.data or not lacks_samples(subject):
        return ""
    name = Path(past.info.data.removeprefix("data:").removeprefix("problem:")).name
    if past.fault:
        return f"{Path(subject.name).name} was trained on {name}, which is no longer as it was: {past.fault}"
    return (
        f"{Path(subject.name).name} was trained on {name}, which is not here: put it beside the weights, and open again"
    )


def sample_of_zeros(path: Path, network: Network) -> Subject:
    """Return what stands in for data that are not to be found; by its name the file opens again."""
    inputs, targets = np.zeros((1, network.sizes[0])), np.eye(1, network.sizes[-1])
    if LOSSES[network.loss].probabilities is None:
        targets[:] = 0
    return Subject.of_problem(str(path), Problem(network, inputs, targets, title=ZEROS))


def base_of(
    info: WeightsInfo, network: Network, path: Path, settings: Settings | None
) -> Generator[Progress, None, tuple[Subject | None, str]]:
    """Open what the weights were trained on, if it is to be found and fits them; else say why not, if there is more."""
    kind, colon, name = info.data.partition(":")
    try:
        if colon and kind == "problem":
            base = problem_named(name, path)
        else:
            base = yield from data_named(info, path, settings)
        base = None if base is None else with_told_points(base, info.points)
    except ExplorerError as error:
        return None, str(error)
    ends = (network.sizes[0], network.sizes[-1])
    if base is None or (found := (base.problem.X.shape[1], base.problem.Y.shape[1])) == ends:
        return base, ""
    return None, f"{base.title} makes {found[0]} inputs and {found[1]} outputs: expected {ends[0]} and {ends[1]}"


def data_named(
    info: WeightsInfo, weights: Path, settings: Settings | None
) -> Generator[Progress, None, Subject | None]:
    """Open the data set of the weights, built in or a file where it was or beside them, split by their seed."""
    name = info.data.removeprefix("data:")
    if name in SETS:
        return open_data(name, settings or replace(DEFAULTS.get(name, Settings()), seed=info.seed))[0]
    file = next((place for place in places(name, weights) if is_plain_file(place) and is_samples(place)), None)
    if file is None:
        return None
    choices = Choices.stored(info.choices)
    if choices.labels is not None:
        labels = next(filter(is_plain_file, places(str(choices.labels), weights)), None)
        choices = replace(choices, labels=labels)
    data = (yield from reading(file, choices)).samples()
    subject, _ = yield from preparing(filled_as(data, info), settings)
    return subject.scaled_as(info)


def filled_as(data: DataSet, info: WeightsInfo) -> DataSet:
    """Return samples whose gaps are to be filled as those were on which weights were trained."""
    told = Scaling.from_values(info.inputs, info.scaling).fill if info.inputs else None
    return replace(data, fill=told) if data.spans and told is not None and len(told) == data.dimensions else data


def places(name: str, weights: Path) -> tuple[Path, ...]:
    """Return where a file that weights name may be: where it was, or beside them."""
    return (Path(name), weights.parent / Path(name).name) if name else ()


def problem_named(name: str, weights: Path) -> Subject | None:
    """Return the shelf problem, or the problem file: where it was, or beside the weights."""
    if name in shelf_names():
        return open_problem(name)[0]
    found = (place for place in places(name, weights) if place.suffix.lower() == ".json" and is_plain_file(place))
    return next((open_problem(str(place))[0] for place in found), None)


def is_plain_file(path: Path) -> bool:
    """Tell whether a stranger's path may be opened: a plain file, and never a device."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False

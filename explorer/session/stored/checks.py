"""What must hold of a session that was read, so that nothing breaks later: each rule with the words for its breach."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.data import Scaling
from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.engine.problem import Memory, Problem, class_count
from explorer.session.drawing import Drawing
from explorer.session.guests import Drawn, HeldOut
from explorer.session.moment import Moment
from explorer.session.runs import COLOURS, LONGEST_NAME, MOST_RUNS
from explorer.session.stored.saved import Saved
from explorer.session.subject import Subject

Array = NDArray[np.generic]
FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def check(saved: Saved) -> None:
    """Refuse a session whose parts do not fit together.

    Raises
    ------
    ExplorerError
        With what does not fit.
    """
    runs = saved.runs
    if len(runs) > MOST_RUNS or len({run.id for run in runs}) < len(runs):
        raise ExplorerError("its kept runs are too many, or of one number")
    for run in runs:
        if run.id < 1 or not 0 <= run.colour < COLOURS or not 0 < len(run.name) <= LONGEST_NAME:
            raise ExplorerError("a kept run in it has no number, colour or name")
    if saved.view is not None and not saved.view.fits:
        raise ExplorerError("the range of steps that it shows is none")
    for moment in (saved.moment, *(run.moment for run in runs)):
        for words, holds in RULES.items():
            if not holds(moment):
                raise ExplorerError(f"its {words} do not fit together")
    for words, holds in FINITE.items():
        if not holds(saved.moment):
            raise ExplorerError(f"its {words} hold an infinity or a NaN")


def networks(moment: Moment) -> Iterator[Network]:
    """Give the networks of a run."""
    yield moment.network
    for each in (*moment.passes, *moment.history.checkpoints):
        yield each.network


def memories(moment: Moment) -> Iterator[Memory]:
    """Give what the optimiser remembered along a run."""
    yield moment.memory
    yield moment.subject.problem.memory
    for each in (*moment.passes, *moment.history.checkpoints):
        yield each.memory


def networks_fit(moment: Moment) -> bool:
    """Tell whether all networks of a run are of one form."""
    first = moment.network
    form = first.sizes, first.activations, first.loss, first.dtype
    return all((each.sizes, each.activations, each.loss, each.dtype) == form for each in networks(moment))


def memories_fit(moment: Moment) -> bool:
    """Tell whether what was remembered is of the form of the parameters."""
    theta = moment.network.theta
    vectors = [vector for memory in memories(moment) for vector in memory.vectors.values()]
    counts = all(memory.updates >= 0 for memory in memories(moment))
    if not all(stray_fits(moment, each) for memory in memories(moment) for each in memory.strays.items()):
        return False
    return counts and all(vector.shape == theta.shape and vector.dtype in FLOATS for vector in vectors)


def stray_fits(moment: Moment, stray: tuple[str, Array]) -> bool:
    """Tell whether a parameter of another shape is a bias that is stretched over all samples."""
    (name, array), parameters = stray, moment.network.parameters
    wanted = (moment.subject.problem.samples, parameters[name].size) if name in parameters else None
    return name[:1] == "b" and array.shape == wanted and array.dtype in FLOATS and finite(array)


def is_table(array: Array, columns: int) -> bool:
    """Tell whether an array is rows of so many numbers."""
    return array.ndim == 2 and array.shape[1] == columns and array.dtype in FLOATS


def problem_fits(problem: Problem) -> bool:
    """Tell whether a problem's samples fit its network."""
    sizes, labels = problem.network.sizes, problem.labels
    rows = len(problem.X) if problem.X.ndim else 0
    tables = is_table(problem.X, sizes[0]) and is_table(problem.Y, sizes[-1]) and len(problem.Y) == rows > 0
    if labels is None or not tables:
        return tables
    whole = labels.shape == (rows,) and labels.dtype.kind == "i"
    return whole and labels.min() >= 0 and labels.max() < class_count(sizes[-1], problem.network.loss)


def scaling_fits(scaling: Scaling | None, columns: int) -> bool:
    """Tell whether a scaling shifts and divides so many columns, or all of them by one number."""
    if scaling is None:
        return True
    shift, scale = scaling.shift, scaling.scale
    numbers = shift.dtype in FLOATS and scale.dtype in FLOATS and finite(shift, scale) and bool(scale.all())
    fill = scaling.fill
    fills = fill is None or (fill.shape == (columns,) and fill.dtype in FLOATS and finite(fill))
    return numbers and fills and shift.shape == scale.shape and shift.shape in {(1,), (columns,)}


def subject_fits(subject: Subject) -> bool:
    """Tell whether a subject's parts have the form of its problem."""
    problem, shape = subject.problem, subject.image_shape
    inputs, outputs = problem.network.sizes[0], problem.network.sizes[-1]
    held_out = is_table(subject.test_X, inputs) and is_table(subject.test_Y, outputs)
    scalings = [(subject.inputs, inputs), (subject.targets, outputs)]
    fits = [
        held_out and len(subject.test_X) == len(subject.test_Y),
        subject.kind in {"problem", "data", "weights"},
        shape is None or (min(shape) > 0 and shape[0] * shape[1] == inputs),
        all(scaling_fits(each, size) for each, size in scalings),
        len(subject.classes) in {0, outputs, class_count(outputs, problem.network.loss)},
        subject.data is None or (subject.data.dimensions, subject.data.outputs) == (inputs, outputs),
        subject.given is None or problem_fits(subject.given),
        subject.past is None or (subject.past.base.past is None and subject_fits(subject.past.base)),
    ]
    return problem_fits(problem) and all(fits)


def places_fit(moment: Moment) -> bool:
    """Tell whether what is shown is there."""
    subject, guest, walk = moment.subject, moment.guest, moment.walk
    return (
        0 <= moment.sample < subject.problem.samples
        and moment.position >= 0
        and (not isinstance(guest, HeldOut) or 0 <= guest.index < len(subject.test_X))
        and (not isinstance(guest, Drawn) or moment.drawing is not None)
        and (walk is None or (bool(walk.members) and min(walk.members) >= 0 and walk.fits(subject)))
    )


def drawing_fits(drawing: Drawing | None, subject: Subject) -> bool:
    """Tell whether a drawn image is of the form of the subject's."""
    if drawing is None:
        return True
    shape, ink = drawing.style.shape, drawing.ink
    inputs, outputs = subject.problem.network.sizes[0], subject.problem.network.sizes[-1]
    dots = ink.ndim == 2 and ink.dtype in FLOATS and len(ink) % max(shape[0], 1) == 0
    fine = len(ink) // max(shape[0], 1) if dots else 0
    return (
        shape == subject.image_shape
        and fine > 0
        and ink.shape == (shape[0] * fine, shape[1] * fine)
        and bool(np.isfinite(ink).all())
        and (drawing.target is None or len(drawing.target) == outputs)
        and all(0 <= column < inputs for column, _ in drawing.typed)
        and all(stroke.points for stroke in drawing.strokes)
    )


def run_fits(moment: Moment) -> bool:
    """Tell whether a run's counts are some, and its network is that of its subject."""
    run, network, initial = moment.run, moment.network, moment.subject.problem.network
    counts = (run.step, run.epoch, run.kept_step or 0, run.diverged_at or 0, *(step for step, _ in run.rates))
    return min(counts) >= 0 and (network.sizes, network.activations) == (initial.sizes, initial.activations)


RULES: dict[str, Callable[[Moment], bool]] = {
    "weights": networks_fit,
    "weights and what the optimiser remembers": memories_fit,
    "samples and network": lambda moment: subject_fits(moment.subject),
    "run and network": run_fits,
    "samples and the shown one": places_fit,
    "images and the drawn one": lambda moment: drawing_fits(moment.drawing, moment.subject),
}
"""What is compared, to the rule that holds of each run."""


def finite(*arrays: Array) -> bool:
    """Tell whether there is neither an infinity nor a NaN."""
    return all(bool(np.isfinite(array).all()) for array in arrays)


FINITE: dict[str, Callable[[Moment], bool]] = {
    "weights": lambda moment: finite(moment.network.theta, moment.subject.problem.network.theta),
    "samples": lambda moment: finite(*(array for part in moment.subject.parts for array in part)),
}
"""What is looked through, to the rule that holds of the run that is shown."""

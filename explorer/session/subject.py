"""What the window is about: a problem and, if it comes from a data set, what is held out and what the classes are."""

from pathlib import Path
from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.data import DataSet, Scaling, Steps, finished
from explorer.engine.network import Network
from explorer.engine.problem import Objective, Problem
from explorer.files import WeightsInfo
from explorer.session.gathering import gathered
from explorer.session.scaled import fill_in, filled, fitted, rescaled, scale
from explorer.session.settings import Settings
from explorer.session.splitting import parted, rows_of, targets_of

Array = NDArray[np.floating]
POINTS = "points"
CLASSES_LOSS, NUMBERS_LOSS = "softmax_cross_entropy", "half_squared_error"


class Subject(Struct, frozen=True, eq=False):
    """A problem with what the window needs around it; being made of arrays, it equals only itself.

    Attributes
    ----------
    name
        The shelf's or the data set's name, or the file's path: by it the subject can be opened again.
    problem
        Its network holds the initial weights.
    kind
        "problem", "data" or "weights".
    test_X, test_Y
        Held-out samples, (M, D) and (M, C); empty where nothing is held out.
    classes
        Names of the outputs; empty where they have none.
    image_shape
        Rows and columns of an input that is an image, else None.
    given
        The problem as its file has it, to go back to when the architecture was changed; None for a data set.
    data
        The whole data set, to be split anew by another seed; None for a problem.
    past
        How the weights of a weights file came about; None where training begins here.
    inputs
        What was done to raw inputs, as ``scaling`` says in words; None where nothing was.
    targets
        What was done to targets that are numbers; None where nothing was.
    edited
        What a person changed: names of parameters, x, y, beta, mistakes; ``POINTS`` where samples were drawn or erased.
    opened_with
        The mistakes that it was opened with, once a person chose others; None before.
    """

    name: str
    problem: Problem
    kind: str
    test_X: Array
    test_Y: Array
    classes: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    scaling: str = ""
    given: Problem | None = None
    data: DataSet | None = None
    past: "Past | None" = None
    inputs: Scaling | None = None
    targets: Scaling | None = None
    edited: frozenset[str] = frozenset()
    opened_with: tuple[str, ...] | None = None

    @property
    def key(self) -> str:
        """The name with its kind, for a problem and a data set may share a name."""
        return f"{self.kind}:{self.name}"

    @property
    def title(self) -> str:
        """What a person reads."""
        return self.problem.title

    @property
    def trained_on(self) -> str:
        """What a weights file calls the samples: the data set's name, or a problem's key."""
        if self.past is not None:
            return self.past.info.data
        return self.name if self.kind == "data" else self.key

    @property
    def data_set(self) -> str:
        """The name of the built-in set that the samples are of; empty where they are a problem's."""
        base = self if self.past is None else self.past.base
        return base.name if base.kind == "data" else ""

    @property
    def parts(self) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """The samples to train on and those held out, each as inputs and targets."""
        return (self.problem.X, self.problem.Y), (self.test_X, self.test_Y)

    @classmethod
    def of_problem(cls, name: str, problem: Problem) -> Self:
        """Return a problem file's subject: nothing is held out."""
        nothing = np.empty((0, problem.X.shape[1])), np.empty((0, problem.Y.shape[1]))
        return cls(name, problem, "problem", *nothing, given=problem)

    @classmethod
    def of_data(cls, data: DataSet, settings: Settings) -> Self:
        """Return a data set's subject: a network by the settings, its share of samples held out by their seed.

        Where the set asks for it, inputs and targets are standardised by the samples that are left to train on.
        """
        return finished(cls.from_data(data, settings))

    @classmethod
    def from_data(cls, data: DataSet, settings: Settings) -> Steps[Self]:
        """Make a data set's subject in steps, as ``of_data`` does at one go."""
        train, test = yield from parted(data, settings.seed)
        X = yield from rows_of(data.X, train)
        labels, Y = data.labels[train] if data.classes else None, targets_of(data, train)
        fill = yield from filled(data, X)
        fit, targets = fitted(data, X, Y, fill)
        yield
        test_X = yield from rows_of(data.X, test)
        yield from fill_in(test_X, fill)
        test_Y = targets_of(data, test)
        for array, scaling in ((X, fit), (test_X, fit), (Y, targets), (test_Y, targets)):
            yield from scale(array, scaling)
        inputs = data.inputs if fit is None else fit.after(data.inputs)
        problem = Problem(
            network=settings.network(data.dimensions, data.outputs, CLASSES_LOSS if data.classes else NUMBERS_LOSS),
            X=X,
            Y=Y,
            labels=labels,
            objective=settings.objective(Objective()),
            update=settings.update(),
            init=settings.init,
            drawn=True,
            title=data.title,
            description=data.description,
            source=data.source,
        )
        return cls(
            name=data.name,
            problem=problem,
            kind="data",
            test_X=test_X,
            test_Y=test_Y,
            classes=data.classes,
            image_shape=data.image_shape,
            scaling=inputs.words if inputs else data.scaling,
            data=data,
            inputs=inputs,
            targets=targets,
        )

    @classmethod
    def of_weights(cls, name: str, network: Network, past: "Past") -> Self:
        """Return the subject of a weights file: its network on the samples on which it was trained."""
        base = past.base
        title = f"{Path(name).name} on {base.title}"
        problem = replace(base.problem, network=network, title=title, drawn=False)
        return cls(
            name=name,
            problem=problem,
            kind="weights",
            test_X=base.test_X,
            test_Y=base.test_Y,
            classes=base.classes,
            image_shape=base.image_shape,
            scaling=base.scaling,
            given=problem,
            past=past,
            inputs=base.inputs,
            targets=base.targets,
        )

    def scaled_as(self, info: WeightsInfo) -> "Subject":
        """Return the subject with its samples scaled as those were on which weights were trained."""
        X, test_X, inputs = rescaled((self.problem.X, self.test_X), self.inputs, info.inputs, info.scaling)
        Y, test_Y, targets = rescaled((self.problem.Y, self.test_Y), self.targets, info.targets, info.scaling)
        problem = replace(self.problem, X=X, Y=Y)
        return replace(self, problem=problem, test_X=test_X, test_Y=test_Y, inputs=inputs, targets=targets)

    def with_settings(self, settings: Settings) -> "Subject":
        """Return the same data under other settings.

        A file's own weights come back with its own architecture. Under another one nothing is left of a weights
        file, and the subject is what the weights were trained on.
        """
        if self.data is not None:
            return self._of_data_again(self.data, settings)
        problem, given = self.problem, self.given
        update = settings.update(train_biases=problem.update.train_biases)
        objective = settings.objective(problem.objective)
        if given is not None and settings.fits(given):
            return replace(self, problem=replace(given, update=update, objective=objective))
        if self.past is not None:
            return self.past.base.with_settings(settings)
        network = settings.network_like(problem)
        conventions = {"update": update, "objective": objective, "init": settings.init}
        anew = replace(problem, network=network, drawn=True, **conventions)
        return replace(self, problem=anew, edited=self.edited - {*problem.network.parameters})

    def _of_data_again(self, data: DataSet, settings: Settings) -> "Subject":
        """Return the data set under other settings; edited samples stay where no other seed splits the set anew.

        Drawn points stay in any case: another seed splits the set with them.
        """
        old, edited = self.problem, self.edited - {*self.problem.network.parameters}
        split_anew = settings.init.seed != old.init.seed and bool(data.test_share)
        if split_anew and POINTS in edited:
            data = gathered(data, self.parts, self.inputs, self.targets)
        if split_anew and data.fill is not None:
            data = replace(data, fill=None)
        fresh = Subject.of_data(data, settings)
        fresh.problem.network.beta = old.network.beta
        problem = replace(fresh.problem, mistakes=old.mistakes, puzzle=old.puzzle)
        if split_anew:
            return replace(fresh, problem=problem, edited=edited - {"x", "y"})
        if not edited & {"x", "y", POINTS}:
            return replace(fresh, problem=problem, edited=edited)
        problem = replace(problem, X=old.X, Y=old.Y, labels=old.labels)
        held_out = {name: getattr(self, name) for name in ("test_X", "test_Y", "inputs", "targets")}
        return replace(fresh, problem=problem, edited=edited, **held_out)


class Past(Struct, frozen=True, eq=False):
    """How the weights of a weights file came about.

    Attributes
    ----------
    info
        What the file says; ``info.data`` names what it was trained on, found again or not.
    base
        What it was trained on, or a sample of zeros where that is not to be found.
    fault
        Why what was found is not what it was trained on; empty where nothing was found, or all is well.
    """

    info: WeightsInfo
    base: Subject
    fault: str = ""

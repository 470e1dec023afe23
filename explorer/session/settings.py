"""What a person sets before training: the architecture, the optimiser, the batch, the seed, and when to stop."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import Init
from explorer.engine.network import Network
from explorer.engine.problem import Objective, Problem, Update
from explorer.engine.schedules import Schedule

INIT_FOR = {"relu": "he_uniform", "leaky_relu": "he_uniform", "gelu": "he_uniform"}
"""The usual initialiser by hidden activation; xavier_uniform for the others."""
MAX_UNITS = 4096
MAX_RATE = 1e6
FULL_BATCH = 64
"""Up to that many samples, a problem's updates are of all of them at first, as its tape's update is."""
MINIBATCH = 32
MAX_EPOCHS = 1_000_000
USUAL = Update()
UPDATE_FIELDS = tuple(name for name in Update.__struct_fields__ if name != "train_biases")
"""The fields of an ``Update`` that are settings of the same name; which parameters are trained is the problem's."""


class Settings(Struct, frozen=True):
    """Hyperparameters of a run.

    Attributes
    ----------
    epochs
        Training stops each time that so many more are done; None: it goes on until it is paused.
    patience
        Training stops once the loss on the held-out samples has not improved for so many epochs, and goes back to the
        best weights; None: it does not look.
    scheme
        Name of the initialiser; empty for the usual one.
    l2
        Penalty on the weights, in the form that the problem has; None: as much as the problem has, of samples none.

    Raises
    ------
    ExplorerError
        If a value is absurd: the sentence says which, and what is possible.
    """

    hidden: tuple[int, ...] = (32,)
    activation: str = "sigmoid"
    learning_rate: float = 0.1
    batch_size: int = 32
    seed: int = 0
    optimizer: str = "sgd"
    momentum: float = USUAL.momentum
    rho: float = USUAL.rho
    beta1: float = USUAL.beta1
    beta2: float = USUAL.beta2
    epsilon: float = USUAL.epsilon
    weight_decay: float = USUAL.weight_decay
    schedule: Schedule = field(default_factory=Schedule)
    epochs: int | None = None
    patience: int | None = None
    scheme: str = ""
    l2: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be trained."""
        if len(self.hidden) > 8 or not all(1 <= units <= MAX_UNITS for units in self.hidden):
            raise ExplorerError(
                f"hidden layers {', '.join(map(str, self.hidden))}: expected at most 8 layers of 1 to {MAX_UNITS} units"
            )
        if not 0 < self.learning_rate <= MAX_RATE:
            raise ExplorerError(
                f"learning rate {self.learning_rate:g}: expected a number above 0, at most {MAX_RATE:g}"
            )
        if not 1 <= self.batch_size <= 1_000_000:
            raise ExplorerError(f"batch size {self.batch_size}: expected 1 to 1,000,000 samples")
        if not 0 <= self.seed < 2**32:
            raise ExplorerError(f"seed {self.seed}: expected a whole number from 0 to {2**32 - 1}")
        for name, value in (("epochs", self.epochs), ("patience", self.patience)):
            if value is not None and not 1 <= value <= MAX_EPOCHS:
                raise ExplorerError(f"{name} {value}: expected 1 to {MAX_EPOCHS:,} epochs, or nothing")
        self.update()
        self.objective(Objective())

    @property
    def init(self) -> Init:
        """The chosen initialiser, or the usual one for the activation."""
        return Init(self.scheme or INIT_FOR.get(self.activation, "xavier_uniform"), self.seed)

    @property
    def scheduled_rate(self) -> tuple[float, Schedule]:
        """The learning rate and how it changes from update to update."""
        return self.learning_rate, self.schedule

    def update(self, *, train_biases: bool = True) -> Update:
        """Return how a step changes the parameters."""
        return Update(**{name: getattr(self, name) for name in UPDATE_FIELDS}, train_biases=train_biases)

    def objective(self, own: Objective) -> Objective:
        """Return a problem's own objective with the penalty that is set."""
        return own if self.l2 is None else replace(own, l2=self.l2)

    def network(self, inputs: int, outputs: int, loss: str = "softmax_cross_entropy") -> Network:
        """Return a fresh network with linear outputs; by its usual loss it is a classifier."""
        return Network.random((inputs, *self.hidden, outputs), self.activation, loss=loss, init=self.init)

    def network_like(self, problem: Problem) -> Network:
        """Return a fresh network for the problem's inputs, outputs, loss and output activation."""
        old = problem.network
        names = (*(self.activation,) * len(self.hidden), old.activations[-1])
        network = Network((old.sizes[0], *self.hidden, old.sizes[-1]), names, old.loss, old.beta)
        network.draw(self.init)
        return network

    def fits(self, problem: Problem) -> bool:
        """Tell whether the problem's own network has this architecture; of several activations the first counts."""
        network = problem.network
        hidden = network.activations[:-1]
        return network.sizes[1:-1] == self.hidden and hidden[:1] in {(), (self.activation,)}

    def as_values(self) -> dict[str, object]:
        """Return the settings as values that JSON can hold."""
        values: dict[str, object] = msgspec.to_builtins(self)
        return values

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> "Settings":
        """Return the settings that ``as_values`` told; what is left out is as usual.

        Raises
        ------
        ExplorerError
            If these are none, or absurd.
        """
        try:
            return msgspec.convert(values, cls)
        except msgspec.ValidationError as error:
            raise ExplorerError(f"its settings are damaged ({error}): export the weights again") from error

    @classmethod
    def of_problem(cls, problem: Problem) -> "Settings":
        """Return the settings that the problem's file stands for: full batches where the samples are few."""
        hidden = problem.network.activations[:-1]
        return cls(
            hidden=problem.network.sizes[1:-1],
            activation=hidden[0] if hidden else "sigmoid",
            batch_size=problem.samples if problem.samples <= FULL_BATCH else MINIBATCH,
            seed=problem.init.seed,
            **{name: getattr(problem.update, name) for name in UPDATE_FIELDS},
        )

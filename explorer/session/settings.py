"""What a person sets before training: the hidden layers, their activation, the rate, the batch, the seed."""

from dataclasses import dataclass

from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import Init
from explorer.engine.network import Network
from explorer.engine.problem import Problem

INIT_FOR = {"relu": "he_uniform"}
"""The usual initialiser by hidden activation; xavier_uniform for the others."""
MAX_UNITS = 4096
MAX_RATE = 1e6
FULL_BATCH = 64
"""Up to that many samples, a problem's updates are of all of them at first, as its tape's update is."""
MINIBATCH = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyperparameters of a run.

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

    @property
    def init(self) -> Init:
        """The usual initialiser for the activation."""
        return Init(INIT_FOR.get(self.activation, "xavier_uniform"), self.seed)

    def network(self, inputs: int, outputs: int) -> Network:
        """Return a fresh classifier: softmax and cross-entropy on linear logits."""
        return Network.random((inputs, *self.hidden, outputs), self.activation, init=self.init)

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

    @classmethod
    def of_problem(cls, problem: Problem) -> "Settings":
        """Return the settings that the problem's file stands for: full batches where the samples are few."""
        hidden = problem.network.activations[:-1]
        return cls(
            hidden=problem.network.sizes[1:-1],
            activation=hidden[0] if hidden else "sigmoid",
            learning_rate=problem.update.learning_rate,
            batch_size=problem.samples if problem.samples <= FULL_BATCH else MINIBATCH,
            seed=problem.init.seed,
        )

"""What a pass was computed with besides its arrays: with these and a pencil, every number comes again."""

from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict
from numpy.typing import NDArray

from explorer.engine.losses import LOSSES
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Objective, Problem
from explorer.engine.update import Update
from explorer.tape.readable_json import Json

Array = NDArray[np.floating]

LETTERS = {"momentum": "μ", "rho": "ρ", "beta1": "β1", "beta2": "β2", "epsilon": "ε", "weight_decay": "λ of the update"}
"""What the formulas call an optimiser's numbers."""


class Conventions(Struct, frozen=True, eq=False):
    """What a problem says besides its network's arrays and its data.

    Attributes
    ----------
    loss, beta, samples, objective, update, mistakes
        As in the problem.
    rate
        eta of the update on the tape, by the schedule.
    updates
        How many updates came before.
    memory
        What the optimiser remembers of them, by letter and name of the parameter: "m", "W1"; read-only.
    """

    loss: str
    beta: float
    samples: int
    objective: Objective
    update: Update
    mistakes: tuple[str, ...]
    rate: float
    updates: int
    memory: Mapping[str, Mapping[str, Array]]

    @property
    def has_temperature(self) -> bool:
        """True where the loss has a softmax, whose inverse temperature beta is."""
        return LOSSES[self.loss].rivals


def conventions_of(problem: Problem, remembered: Mapping[str, Array]) -> Conventions:
    """Return the conventions of a pass, and what its optimiser remembers under the names "m of W1"."""
    memory: dict[str, dict[str, Array]] = {letter: {} for letter in OPTIMIZERS[problem.update.optimizer].memory}
    for name, array in remembered.items():
        letter, _, parameter = name.partition(" of ")
        memory[letter][parameter] = array
    network, updates = problem.network, problem.memory.updates
    named = network.loss, network.beta, problem.samples, problem.objective, problem.update
    return Conventions(*named, problem.mistakes, problem.rate, updates, memory)


def sentences(known: Conventions) -> Iterator[str]:
    """Yield in words what the formulas of the pass leave open; what the problem does not use is left out."""
    if known.samples > 1:
        yield f"The loss is the {known.objective.reduction} over N = {known.samples} samples."
    if known.has_temperature and known.beta != 1:
        yield f"β = {number(known.beta)}, the inverse temperature of the softmax."
    if known.objective.l2:
        factor = "λ/2" if known.objective.l2_form == "half" else "λ"
        yield f"λ = {number(known.objective.l2)}: the penalty is {factor} times the sum of all squared weights."
    yield rate_sentence(known)
    yield from optimizer_sentences(known)
    if not known.update.train_biases:
        yield "The biases are not trained."


def rate_sentence(known: Conventions) -> str:
    """Say what eta is, and where it comes from if it varies."""
    rate, schedule = number(known.rate), known.update.schedule
    if not schedule.varies:
        return f"η = {rate}, the learning rate."
    usual = number(known.update.learning_rate)
    return f"η = {rate}: the schedule ({schedule.kind}) of the learning rate {usual}, {after(known.updates)}."


def optimizer_sentences(known: Conventions) -> Iterator[str]:
    """Yield the optimiser's own numbers, and what it remembers where that is nothing yet."""
    update, letters = known.update, " and ".join(known.memory)
    own = OPTIMIZERS[update.optimizer].hyperparameters
    if own:
        yield f"{', '.join(f'{LETTERS[name]} = {number(getattr(update, name))}' for name in own)} ({update.optimizer})."
    if "beta1" in own:
        yield f"The hats divide m⁺ by 1 − β1^t and v⁺ by 1 − β2^t, with t = {known.updates + 1}."
    if letters:
        zero = f"{letters} {'are' if len(known.memory) > 1 else 'is'} 0 before the first update."
        yield f"Each {letters} below is that {after(known.updates)}." if known.updates else zero


def after(updates: int) -> str:
    """Return after how many updates this one comes."""
    return f"after {updates} update{'s' * (updates != 1)}"


def number(value: float) -> str:
    """Return a number as it was given, or all its digits."""
    return f"{float(value)!r}".removesuffix(".0").replace("-", "−")


def keys_of(known: Conventions) -> dict[str, Json]:
    """Return the conventions as an object; numbers that mean nothing to the loss or the optimiser are left out."""
    update, own = known.update, OPTIMIZERS[known.update.optimizer].hyperparameters
    return {
        "loss": known.loss,
        **({"beta": known.beta} if known.has_temperature else {}),
        "reduction": known.objective.reduction,
        "l2": known.objective.l2,
        "l2_form": known.objective.l2_form,
        "optimizer": update.optimizer,
        "learning_rate": update.learning_rate,
        "rate": known.rate,
        **{name: getattr(update, name) for name in own},
        **({"schedule": asdict(update.schedule)} if update.schedule.varies else {}),
        "train_biases": update.train_biases,
        "mistakes": list(known.mistakes),
    }


def memory_keys(known: Conventions) -> dict[str, Json]:
    """Return what the optimiser remembers as an object: how many updates were made, and each letter by parameter."""
    letters: dict[str, Json] = {
        letter: {name: array.tolist() for name, array in arrays.items()} for letter, arrays in known.memory.items()
    }
    return {"updates": known.updates, **letters}

"""Updates on the tape: each optimiser by the book, with its formula and the sentence that says what its letters are.

The trainer's optimisers are these formulas in place and in fewer calls; a property test holds the two together.
"""

from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.engine.network import layer_views
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Memory, Problem, Update
from explorer.tape.operation import Operation
from explorer.tape.step import Instruction, Tape

Array = NDArray[np.floating]
Remembered = Mapping[str, Array]
"""What an optimiser remembers of one parameter: v, or m and v."""


class Rule(Struct, frozen=True):
    """How an optimiser's update stands on a tape.

    Attributes
    ----------
    operation
        Its name in the table of operations.
    remember
        ``remember(update, gradient, old)`` gives what it remembers once it has seen this gradient.
    move
        ``move(update, eta, t, parameter, gradient, new)`` gives the parameter after update number t = 1, 2, ...
    pattern
        LaTeX of the right-hand side: {0} is the parameter, {1} its gradient.
    text
        Ends the sentence that begins with the parameter's name.
    """

    operation: str
    remember: Callable[[Update, Array, Remembered], Remembered]
    move: Callable[[Update, float, int, Array, Array, Remembered], Array]
    pattern: str
    text: str


def nothing(_update: Update, _gradient: Array, _old: Remembered) -> Remembered:
    """Remember nothing."""
    return {}


def velocity(update: Update, gradient: Array, old: Remembered) -> Remembered:
    """Let v <- mu v + g."""
    return {"v": update.momentum * old["v"] + gradient}


def mean_square(update: Update, gradient: Array, old: Remembered) -> Remembered:
    """Let v <- rho v + (1 - rho) g^2."""
    return {"v": update.rho * old["v"] + (1 - update.rho) * gradient**2}


def means(update: Update, gradient: Array, old: Remembered) -> Remembered:
    """Let m <- beta1 m + (1 - beta1) g; v <- beta2 v + (1 - beta2) g^2."""
    return {
        "m": update.beta1 * old["m"] + (1 - update.beta1) * gradient,
        "v": update.beta2 * old["v"] + (1 - update.beta2) * gradient**2,
    }


def descend(_u: Update, eta: float, _t: int, parameter: Array, gradient: Array, _new: Remembered) -> Array:
    """q+ = q - eta g."""
    return parameter - eta * gradient


def descend_momentum(_u: Update, eta: float, _t: int, parameter: Array, _g: Array, new: Remembered) -> Array:
    """q+ = q - eta v."""
    return parameter - eta * new["v"]


def descend_nesterov(update: Update, eta: float, _t: int, parameter: Array, g: Array, new: Remembered) -> Array:
    """q+ = q - eta (g + mu v)."""
    moved: Array = parameter - eta * (g + update.momentum * new["v"])
    return moved


def descend_rmsprop(update: Update, eta: float, _t: int, parameter: Array, g: Array, new: Remembered) -> Array:
    """q+ = q - eta g / (sqrt(v) + epsilon)."""
    moved: Array = parameter - eta * g / (np.sqrt(new["v"]) + update.epsilon)
    return moved


def descend_adam(update: Update, eta: float, t: int, parameter: Array, _g: Array, new: Remembered) -> Array:
    """q+ = q - eta m^ / (sqrt(v^) + epsilon), m^ = m / (1 - beta1^t), v^ = v / (1 - beta2^t)."""
    m, v = new["m"] / (1 - update.beta1**t), new["v"] / (1 - update.beta2**t)
    moved: Array = parameter - eta * m / (np.sqrt(v) + update.epsilon)
    return moved


def descend_adamw(update: Update, eta: float, t: int, parameter: Array, g: Array, new: Remembered) -> Array:
    """W+ = (1 - eta lambda) W - eta m^ / (sqrt(v^) + epsilon)."""
    return descend_adam(update, eta, t, (1 - eta * update.weight_decay) * parameter, g, new)


VELOCITY = "v⁺, the velocity, is μ v, what is left of it, plus the gradient"
OWN_SIZE = "moves in steps of its own size"
M_AND_V = "m and v are running means of the gradients and of their squares, the hats correct their start at 0"
ADAM = r"\eta\, \hat m / (\sqrt{{\hat v}} + \epsilon)"

RULES: dict[str, Rule] = {
    "sgd": Rule("descend", nothing, descend, r"{0} - \eta\, {1}", "moves a step of size η against its gradient"),
    "momentum": Rule(
        "descend_momentum",
        velocity,
        descend_momentum,
        r"{0} - \eta\, v^+",
        f"moves with some of its speed: {VELOCITY}",
    ),
    "nesterov": Rule(
        "descend_nesterov",
        velocity,
        descend_nesterov,
        r"{0} - \eta\, ({1} + \mu\, v^+)",
        f"moves with some of its speed and looks ahead: {VELOCITY}",
    ),
    "rmsprop": Rule(
        "descend_rmsprop",
        mean_square,
        descend_rmsprop,
        r"{0} - \eta\, {1} / (\sqrt{{v^+}} + \epsilon)",
        f"{OWN_SIZE}: v⁺ is the running mean of each entry's squared gradients, this one included",
    ),
    "adam": Rule("descend_adam", means, descend_adam, rf"{{0}} - {ADAM}", f"{OWN_SIZE}: {M_AND_V}"),
    "adamw": Rule(
        "descend_adamw",
        means,
        descend_adamw,
        rf"(1 - \eta \lambda)\, {{0}} - {ADAM}",
        f"shrinks by ηλ and {OWN_SIZE}: {M_AND_V}",
    ),
}
"""By the optimiser's name."""


def rule_of(problem: Problem, name: str) -> Rule:
    """Return the rule by which a parameter is updated: biases do not decay."""
    optimizer = problem.update.optimizer
    return RULES["adam" if optimizer == "adamw" and name.startswith("b") else optimizer]


def update_step(problem: Problem, name: str) -> Instruction:
    """Return the step W1+ or b1+."""
    operands = (name, f"dJ/d{name}")
    if name.startswith("b") and not problem.update.train_biases:
        text = "The bias stays: this problem trains the weights alone."
        return Instruction(f"{name}+", "update", "keep", (name,), "{0}", text)
    rule = rule_of(problem, name)
    varies = "; the schedule gives η" if problem.update.schedule.varies else ""
    kept = tuple(kept_name(letter, name) for letter in OPTIMIZERS[problem.update.optimizer].memory)
    inputs = (*operands, *kept) if kept else ()
    return Instruction(
        f"{name}+", "update", rule.operation, operands, rule.pattern, f"{name} {rule.text}{varies}.", inputs
    )


def kept_name(letter: str, parameter: str) -> str:
    """Return what an update reads beside the parameter and its gradient: "v of W1"."""
    return f"{letter} of {parameter}"


def remembered(problem: Problem) -> dict[str, Array]:
    """Return what the optimiser remembers of each parameter before the update, in float64."""
    network, kept = problem.network, {}
    for letter in OPTIMIZERS[problem.update.optimizer].memory:
        vector = np.zeros(network.theta.size)
        if letter in problem.memory.vectors:
            vector[:] = problem.memory.vectors[letter]
        for name, array in named(vector, problem).items():
            kept[kept_name(letter, name)] = array
    return kept


def named(vector: Array, problem: Problem) -> dict[str, Array]:
    """Return a vector laid out like theta as arrays under the names of the parameters."""
    layers = layer_views(vector, problem.network.sizes, problem.network.activations)
    return {
        f"{letter}{number}": array
        for number, layer in enumerate(layers, start=1)
        for letter, array in (("W", layer.weights), ("b", layer.bias))
    }


def kept_letters(tape: Tape, parameter: str) -> dict[str, Array]:
    """Return what the optimiser remembers of a parameter before the tape's update, by letter."""
    return {letter: arrays[parameter] for letter, arrays in tape.conventions.memory.items()}


def letters_after(tape: Tape, parameter: str) -> Remembered:
    """Return what it remembers of a parameter once the tape's update is made."""
    rule = next(rule for rule in RULES.values() if rule.operation == tape[f"{parameter}+"].operation)
    gradient = tape.value(tape[f"{parameter}+"].operands[1])
    return rule.remember(tape.conventions.update, gradient, kept_letters(tape, parameter))


def memory_after(problem: Problem, tape: Tape) -> Memory:
    """Return what the optimiser remembers once the tape's update is made."""
    before, letters = remembered(problem), OPTIMIZERS[problem.update.optimizer].memory
    vectors = {letter: np.zeros(problem.network.theta.size) for letter in letters}
    views = {letter: named(vector, problem) for letter, vector in vectors.items()}
    for name in problem.network.parameters if letters else ():
        if tape[f"{name}+"].operation != "keep":
            old = {letter: before[kept_name(letter, name)] for letter in letters}
            new = rule_of(problem, name).remember(problem.update, tape[f"dJ/d{name}"].value, old)
            for letter in letters:
                views[letter][name][...] = new[letter]
    return Memory(problem.memory.updates + 1, vectors)


def operation_of(optimizer: str) -> Operation:
    """Return the entry of the table of operations."""
    rule, letters = RULES[optimizer], OPTIMIZERS[optimizer].memory

    def compute(inputs: tuple[Array, ...], problem: Problem) -> Array:
        parameter, gradient, *kept = inputs
        new = rule.remember(problem.update, gradient, dict(zip(letters, kept, strict=True)))
        return rule.move(problem.update, problem.rate, problem.memory.updates + 1, parameter, gradient, new)

    if letters:
        return Operation(rule.operation, compute, "adapt")
    return Operation(rule.operation, compute, "update", ("− η",))


UPDATES = tuple(operation_of(name) for name in RULES)

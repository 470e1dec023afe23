"""What goes wrong within one operation: a bias left out, a mean not taken, a logarithm of another base."""

from collections.abc import Callable, Iterator

import numpy as np

from explorer.engine.losses import LOSSES
from explorer.lessons.answers.candidate import Array, Candidate
from explorer.lessons.answers.question import Question
from explorer.tape.updates import RULES as UPDATES

Found = tuple[str, Array]


def slips(question: Question) -> Iterator[Candidate]:
    """Yield what the step's operation gives with a slip in it."""
    rule = RULES.get(question.step.operation)
    for words, value in rule(question) if rule else ():
        yield Candidate("slip", question.shown(question.name, np.asarray(value)), words)


def operands(question: Question) -> list[Array]:
    """Return what the step reads."""
    return [question.tape.value(name) for name in question.step.operands]


def without_bias(question: Question) -> Iterator[Found]:
    """Leave the bias out of z = h W + b."""
    feed, weights, bias = operands(question)
    yield f"The bias {question.spelled(question.step.operands[2])} is left out", feed @ weights
    yield (
        f"The bias {question.spelled(question.step.operands[2])} is taken away in place of added",
        feed @ weights - bias,
    )


def without_penalty(question: Question) -> Iterator[Found]:
    """Leave the penalty's part out of dJ/dW."""
    weights = operands(question)[2:]
    if weights:
        decay = question.problem.objective.decay
        yield "The penalty's part is left out", question.step.value - decay * weights[0]
        yield "The penalty's part is taken away in place of added", question.step.value - 2 * decay * weights[0]


def of_descent(question: Question) -> Iterator[Found]:
    """Climb, or forget the learning rate; the step is the gradient's, or what the optimiser makes of it."""
    old = operands(question)[0]
    moved, rate = question.step.value - old, question.problem.rate
    yield "The step is added: descent takes it away", old - moved
    yield "This is the step alone, without the parameter that it starts from", moved
    yield "This is the step alone, without the parameter and without its sign", -moved
    if rate not in {0.0, 1.0}:
        yield "The learning rate η is left out", old + moved / rate


def of_softmax(question: Question) -> Iterator[Found]:
    """Forget to divide by the sum, or divide by that over all samples."""
    powers = np.exp(question.problem.network.beta * operands(question)[0])
    yield "These are the exponentials: they are still to be divided by their sum", powers
    if question.problem.network.beta != 1:
        plain = np.exp(operands(question)[0])
        yield "β is left out of the softmax", plain / plain.sum(axis=1, keepdims=True)
    if question.tape.samples > 1:
        yield "The exponentials are divided by their sum over all samples: take each row's own", powers / powers.sum()


def of_loss(question: Question) -> Iterator[Found]:
    """Forget the penalty, the mean, the half, or take a logarithm of another base."""
    problem, tape, loss = question.problem, question.tape, question.step.value
    penalty = tape.value("R") if "R" in tape else 0.0
    part, divisor = loss - penalty, problem.objective.divisor(tape.samples)
    if np.any(penalty):
        yield "The penalty R is left out", part
    if divisor > 1:
        yield f"This is the sum over the {divisor} samples: their mean is asked for", part * divisor + penalty
    elif tape.samples > 1:
        yield f"This is the mean over the {tape.samples} samples: their sum is asked for", part / tape.samples + penalty
    if LOSSES[problem.network.loss].probabilities is not None:
        for base in (10, 2):
            yield f"The logarithm is that of base {base}: the natural one is meant", part / np.log(base) + penalty


def of_difference(question: Question) -> Iterator[Found]:
    """Leave the target out of p - y."""
    if "p" in question.tape:
        divisor = question.problem.objective.divisor(question.tape.samples)
        yield "The targets y are not taken away", question.tape["p"].value / divisor


RULES: dict[str, Callable[[Question], Iterator[Found]]] = {
    "affine": without_bias,
    "weight_gradient": without_penalty,
    "softmax_cross_entropy_probabilities": of_softmax,
    **dict.fromkeys(LOSSES, of_loss),
    **{f"{loss}_gradient": of_difference for loss in LOSSES},
    **{update.operation: of_descent for update in UPDATES.values()},
}
"""By operation; what a mistake made of one has none."""

"""An optimiser's update of one entry in numbers: the entry itself first, then, line by line, what its letters are.

    W₁⁺ = 0.3001 − 0.5 · 0.04641 / (√0.002153 + 1e−8) = −0.1999
    m̂ = 0.004641 / (1 − 0.9^1) = 0.04641
    ...

Every line can be worked out from what is written in it; the formulas are those of ``tape/updates.py``.
"""

import math
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.panels.step.spelling import Atom, Reading, Spelling, plainly
from explorer.tape.numbers import shown
from explorer.tape.updates import kept_letters


class Line(Struct, frozen=True):
    """What a letter is.

    Attributes
    ----------
    near, exact
        What the written digits come to, and what it is.
    """

    letter: str
    atoms: tuple[Atom, ...]
    near: float
    exact: float


class Numbers:
    """The numbers of one entry's update: what is read, and how it is written."""

    def __init__(self, reading: Reading) -> None:
        parameter, gradient = reading.step.operands
        self.reading, known = reading, reading.tape.conventions
        self.update = known.update
        self.eta, self.t = known.rate, known.updates + 1
        self.q, self.g = reading.value((parameter, reading.index)), reading.value((gradient, reading.index))
        self.own = reading.number((parameter, reading.index))
        self.slope = reading.number((gradient, reading.index), guarded=True)
        kept = kept_letters(reading.tape, parameter)
        self.old = {letter: float(array[reading.index]) for letter, array in kept.items()}

    def near(self, value: float) -> float:
        """Return a number as far as it is written."""
        return self.reading.rounded(value)

    def atom(self, value: float, before: str = "", after: str = "") -> Atom:
        """Write a number, a negative one in parentheses."""
        text = shown(value, self.reading.digits)
        return Atom(f"{before}{f'({text})' if text.startswith('−') else text}{after}")

    @property
    def rate(self) -> tuple[Atom, float]:
        """The learning rate as it is written."""
        return Atom(plainly(self.eta, self.reading.digits)), self.reading.written(self.eta)


def given(value: float) -> str:
    """Return a number that was chosen, in full: 0.999, 1e−8."""
    return repr(float(value)).removesuffix(".0").replace("e-0", "e-").replace("-", "−")


def signs(*parts: Atom | str) -> tuple[Atom, ...]:
    """Return numbers with the signs between them."""
    return tuple(Atom(part) if isinstance(part, str) else part for part in parts)


def momentum(n: Numbers) -> list[Line]:
    """q+ = q - eta v+, v+ = mu v + g."""
    (rate, eta), mu = n.rate, n.update.momentum
    v = mu * n.old["v"] + n.g
    moved = signs(n.own, "−", rate, "·", n.atom(v))
    return [Line("", moved, n.near(n.q) - eta * n.near(v), n.q - n.eta * v), velocity(n, v)]


def nesterov(n: Numbers) -> list[Line]:
    """q+ = q - eta (g + mu v+), v+ = mu v + g."""
    (rate, eta), mu = n.rate, n.update.momentum
    v = mu * n.old["v"] + n.g
    opened = replace(n.slope, text=f"({n.slope.text}")
    moved = signs(n.own, "−", rate, "·", opened, "+", given(mu), "·", n.atom(v, after=")"))
    near = n.near(n.q) - eta * (n.near(n.g) + mu * n.near(v))
    return [Line("", moved, near, n.q - n.eta * (n.g + mu * v)), velocity(n, v)]


def velocity(n: Numbers, v: float) -> Line:
    """v+ = mu v + g."""
    mu, old = n.update.momentum, n.old["v"]
    atoms = signs(given(mu), "·", n.atom(old), "+", n.slope)
    return Line("v⁺", atoms, mu * n.near(old) + n.near(n.g), v)


def rmsprop(n: Numbers) -> list[Line]:
    """q+ = q - eta g / (sqrt(v+) + epsilon), v+ = rho v + (1 - rho) g^2."""
    (rate, eta), epsilon = n.rate, n.update.epsilon
    square = mean_square(n, n.update.rho)
    v = square.exact
    moved = signs(n.own, "−", rate, "·", n.slope, "/", n.atom(v, "(√"), "+", f"{given(epsilon)})")
    near = n.near(n.q) - eta * n.near(n.g) / (math.sqrt(n.near(v)) + epsilon)
    return [Line("", moved, near, n.q - n.eta * n.g / (math.sqrt(v) + epsilon)), square]


def mean_square(n: Numbers, kept: float) -> Line:
    """v+ = rho v + (1 - rho) g^2."""
    old = n.old["v"]
    atoms = signs(given(kept), "·", n.atom(old), "+", f"(1 − {given(kept)})", "·", squared(n.slope))
    exact = kept * old + (1 - kept) * (n.g * n.g)
    return Line("v⁺", atoms, kept * n.near(old) + (1 - kept) * (n.near(n.g) * n.near(n.g)), exact)


def squared(atom: Atom) -> Atom:
    """Return a number's square."""
    return replace(atom, text=f"{atom.text}²")


def mean(n: Numbers, kept: float) -> Line:
    """m+ = beta1 m + (1 - beta1) g."""
    old = n.old["m"]
    atoms = signs(given(kept), "·", n.atom(old), "+", f"(1 − {given(kept)})", "·", n.slope)
    return Line("m⁺", atoms, kept * n.near(old) + (1 - kept) * n.near(n.g), kept * old + (1 - kept) * n.g)


def hat(n: Numbers, line: Line, kept: float) -> Line:
    """m^ = m+ / (1 - beta^t)."""
    below = 1 - kept**n.t
    atoms = signs(n.atom(line.exact), "/", f"(1 − {given(kept)}^{n.t})")
    return Line(line.letter[0] + "\u0302", atoms, n.near(line.exact) / below, line.exact / below)


def adam(n: Numbers, shrunk: float = 1.0, before: Sequence[Atom] = ()) -> list[Line]:
    """q+ = q - eta m^ / (sqrt(v^) + epsilon); ``shrunk`` is what q is multiplied by, written ``before`` it."""
    (rate, eta), epsilon = n.rate, n.update.epsilon
    m, v = mean(n, n.update.beta1), mean_square(n, n.update.beta2)
    hats = hat(n, m, n.update.beta1), hat(n, v, n.update.beta2)
    up, down = (line.exact for line in hats)
    own = replace(n.own, text=f"({n.own.text})") if before and n.own.text.startswith("−") else n.own
    moved = signs(*before, own, "−", rate, "·", n.atom(up), "/", n.atom(down, "(√"), "+", f"{given(epsilon)})")
    near = shrunk * n.near(n.q) - eta * n.near(up) / (math.sqrt(n.near(down)) + epsilon)
    exact = shrunk * n.q - n.eta * up / (math.sqrt(down) + epsilon)
    return [Line("", moved, near, exact), *hats, m, v]


def adamw(n: Numbers) -> list[Line]:
    """W+ = (1 - eta lambda) W - eta m^ / (sqrt(v^) + epsilon)."""
    (rate, eta), decay = n.rate, n.update.weight_decay
    found = adam(n, 1 - n.eta * decay, signs(f"(1 − {rate.text} · {given(decay)})", "·"))
    rounding = ((1 - eta * decay) - (1 - n.eta * decay)) * n.near(n.q)
    return [replace(found[0], near=found[0].near + rounding), *found[1:]]


LINES: dict[str, Callable[[Numbers], list[Line]]] = {
    "descend_momentum": momentum,
    "descend_nesterov": nesterov,
    "descend_rmsprop": rmsprop,
    "descend_adam": adam,
    "descend_adamw": adamw,
}
"""By operation."""


def spell_adapted(reading: Reading) -> Spelling:
    """Return the entry after the update, and below it what the letters of its formula are."""
    (moved, *letters), digits = LINES[reading.step.operation](Numbers(reading)), reading.digits
    name = reading.script.text(reading.step.id, reading.tape.activations)
    atoms = [Atom(f"{name} ="), *moved.atoms, *reading.result_atoms()]
    for line in letters:
        atoms += [Atom(f"{line.letter} =", begins=True), *line.atoms, Atom("="), Atom(shown(line.exact, digits))]
    same = [shown(line.near, digits) == shown(line.exact, digits) for line in (moved, *letters)]
    return Spelling(tuple(atoms), all(same) or not math.isfinite(reading.result))

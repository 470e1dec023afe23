"""The factors of the chain rule against differences of their own forward step: dz/dh, which is W^T, and dh/dz, a slope.

No loss is asked: one number that the step reads is nudged, and one number that it writes is looked at.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.tape.checking.climb import TINY, Numbers, activated, bends
from explorer.tape.checking.criteria import COMPLEX_H, Criterion
from explorer.tape.checking.differences import Differences, Nudger
from explorer.tape.checking.gradblocks import EntryCheck
from explorer.tape.checking.gradcompare import judged
from explorer.tape.checking.rounding import MARGIN, UNIT
from explorer.tape.names import Role, parse
from explorer.tape.step import Tape
from explorer.tape.symbols import is_transposed_weight

Array = NDArray[np.floating]
Index = tuple[int, ...]


def is_factor(tape: Tape, name: str) -> bool:
    """Tell whether the step is a factor of the chain rule."""
    return name in tape and parse(name).role is Role.FACTOR


def factor_shape(nudger: Nudger, name: str) -> tuple[int, ...]:
    """Return the shape that a factor must have: (H, D) of dz/dh, (N, H) of the slopes dh/dz."""
    parsed = parse(name)
    if is_transposed_weight(name):
        return nudger.network.layers[parse(parsed.over).layer - 1].weights.shape[::-1]
    return nudger.arrays[parsed.quantity].shape


def check_factor(nudger: Nudger, tape: Tape, name: str, index: Index, how: Criterion) -> EntryCheck:
    """Compare one entry of a factor with its difference; the index lies inside the shape that it must have."""
    strand = (through_weights if is_transposed_weight(name) else through_activation)(nudger, name, index)
    analytic = tape[name].value[index].reshape(1)
    measure = strand.complex_step if how.method == "complex" else strand.difference
    (found,) = judged(
        name,
        np.array([index], np.intp),
        analytic,
        lambda: measure(how.h),
        lambda _: strand.complex_step(COMPLEX_H),
        how,
    )
    return found


class Strand(Struct, frozen=True, eq=False):
    """One number on its way through one forward step: w(q) = f(q + rest), beside what is not nudged.

    Attributes
    ----------
    activation
        Of dh/dz; empty for a sum of products.
    value
        The number that is nudged.
    weights, bias, feed, place
        Of a sum of products: those into the one unit, (D,), and what it reads, (D,), where the number stands.
    """

    value: float
    activation: str = ""
    weights: Array | None = None
    feed: Array | None = None
    bias: float = 0.0
    place: int = 0

    def run(self, values: Numbers) -> Numbers:
        """Return what the step writes for each value of the number, (E,)."""
        if self.weights is None or self.feed is None:
            return activated(self.activation, values)
        rows = np.repeat(self.feed[None].astype(values.dtype), len(values), axis=0)
        rows[:, self.place] = values
        result: Numbers = rows @ self.weights + self.bias
        return result

    def difference(self, h: float) -> Differences:
        """Return (w(q + h) - w(q - h)) / 2h."""
        step = max(h, abs(self.value) * 2.0**-40)
        values = np.array([self.value + step, self.value - step])
        above, below = self.run(values)
        noise = MARGIN * UNIT * self.size / step
        kink = self.bends(values[0], values[1])
        return gathered((above - below) / (values[0] - values[1]), step, noise, kink=kink)

    def complex_step(self, h: float) -> Differences:
        """Return Im w(q + ih) / h."""
        written = self.run(np.array([self.value + 1j * h]))[0]
        slope = written.imag / h
        return gathered(slope, h, MARGIN * UNIT * abs(slope), kink=self.bends(self.value + TINY, self.value - TINY))

    @property
    def size(self) -> float:
        """What rounding takes its share of."""
        if self.weights is None or self.feed is None:
            return float(abs(self.run(np.array([self.value]))[0]))
        return float(abs(self.weights) @ abs(self.feed) + abs(self.bias))

    def bends(self, up: float, down: float) -> bool:
        """Tell whether the number meets a kink between two values."""
        return bool(self.activation) and bool(bends(self.activation, np.array([[up]]), np.array([[down]]))[0])


def gathered(numeric: float, step: float, noise: float, *, kink: bool) -> Differences:
    """Return the difference of one entry."""
    return Differences(np.array([numeric]), np.array([step]), np.array([noise]), np.array([kink]))


def through_weights(nudger: Nudger, name: str, index: Index) -> Strand:
    """Return how unit i of z = h W + b reads input j: its derivative is W_ji for each sample; the first is taken."""
    (unit, place), parsed = index, parse(name)
    layer = nudger.network.layers[parse(parsed.over).layer - 1]
    feed = nudger.arrays[parsed.quantity][0]
    return Strand(float(feed[place]), "", layer.weights[:, unit], feed, float(layer.bias[unit]), place)


def through_activation(nudger: Nudger, name: str, index: Index) -> Strand:
    """Return how a unit's h comes from its z."""
    parsed = parse(name)
    z = nudger.arrays[parsed.quantity]
    return Strand(float(z[index]), nudger.network.layers[parsed.layer - 1].activation)

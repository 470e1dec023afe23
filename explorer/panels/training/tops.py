"""How high a plot reaches: what is measured is seen to its end, a spike of a batch does not flatten all else. No Qt.

A test loss that rises has a few points among thousands of batches': each kind of curve is asked by itself.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.panels.training.axis import Values
from explorer.panels.training.strokes import MINIBATCH, is_further

TALL, TALL_LOG = 25.0, 1e4
"""A point is out of scale where it is that many times above three quarters of all points; so on a logarithmic axis."""
USUAL_START = 10.0
"""The loss of a sensible start is not above this, and stays in sight."""
NEAR = 1.25
"""A batch's loss that is not more times above the axis is let in: it flattens little."""
FURTHER = 0.3
"""Of ``TALL``: a further run may reach that many times as high as the shown one, whose shape is what is looked at."""
EDGES = 20
"""One of so many points of a measured curve, at its begin and at its end, may lie above the axis."""
DIVERGED = 1000.0
"""The end does where it is so many times above all before."""


def top_of(curves: Mapping[str, Values], tall: float = TALL, *, chosen: bool = False) -> float:
    """Return how high an axis reaches on which the curves' shape can be read; 0 for no points.

    Parameters
    ----------
    curves
        The finite values of each curve by the name of its stroke, the oldest point first.
    tall
        How far above most of the points an axis may reach for a few of them.
    chosen
        True of steps that a person chose: what was measured there is seen, whatever it is.
    """
    drawn = {name: values for name, values in curves.items() if len(values)}
    batches = [values for name, values in drawn.items() if name.startswith(MINIBATCH)]
    own = [values for name, values in drawn.items() if not name.startswith(MINIBATCH) and not is_further(name)]
    further = [measured_top([values], tall) for name, values in drawn.items() if is_further(name)]
    measured = max((float(values.max()) for values in own), default=0.0) if chosen else measured_top(own, tall)
    top = max(measured, usual_top(batches, tall))
    most = max((float(values.max()) for values in batches), default=0.0)
    top = most if top < most <= NEAR * top else top
    limit = FURTHER * tall * top if top else tall * min(further, default=0.0)
    return max([top, *(min(each, limit) for each in further)])


def measured_top(curves: Sequence[Values], tall: float = TALL) -> float:
    """Return the largest value of smooth curves; only spikes of the first steps and a divergent end may lie above."""
    parts = [np.split(curve, [len(curve) // EDGES, len(curve) - len(curve) // EDGES]) for curve in curves]
    begin, middle, end = (max((float(part[place].max(initial=0)) for part in parts), default=0.0) for place in range(3))
    top = max(middle, min(begin, usual_top(curves, tall)))
    return end if top < end <= DIVERGED * top else top


def usual_top(curves: Sequence[Values], tall: float = TALL) -> float:
    """Return the largest value, or one below it where some few values would flatten all others."""
    drawn = [curve for curve in curves if len(curve)]
    if not drawn:
        return 0.0
    points = np.concatenate(drawn)
    start = max(curve[0] for curve in drawn)
    places = int(0.75 * (len(points) - 1)), int(0.98 * (len(points) - 1))
    ordered = np.partition(points, places)  # a tenth of what two quantiles cost
    usual = max(tall * float(ordered[places[0]]), float(ordered[places[1]]))
    return min(float(points.max()), max(usual, min(float(start), USUAL_START)))

"""Sets to be drawn by hand: one point of each class, or two of a curve, for a pass needs a sample to be of."""

import numpy as np

from explorer.data.dataset import DataSet

CLASSES = ("first", "second", "third")
STARTS = {2: ((-1.0, 0.0), (1.0, 0.0)), 3: ((0.0, 1.0), (-1.0, -0.6), (1.0, -0.6))}
"""Where the first point of each class lies, by the number of classes."""
FIELD = 2.0
"""The plane of a set to be drawn reaches from -FIELD to FIELD, as far as the built-in shapes do."""
SOURCE, LICENCE, SCALING = "drawn by hand in this window", "free of rights", "none: drawn within -2 to 2"


def drawn_points(classes: int) -> DataSet:
    """Return a set of one point a class, none of them held out, for more to be drawn."""
    return DataSet(
        name=f"drawn-{classes}",
        title=f"Drawn points, {classes} classes",
        X=np.array(STARTS[classes]),
        labels=np.arange(classes),
        classes=CLASSES[:classes],
        image_shape=None,
        features=("x1", "x2"),
        description="Points of one's own: draw them in the picture of the regions.",
        source=SOURCE,
        licence=LICENCE,
        scaling=SCALING,
        test_share=0.0,
    )


def drawn_curve() -> DataSet:
    """Return a set of two points (x, y), none of them held out, for more to be drawn."""
    X = np.array([[-1.0], [1.0]])
    return DataSet(
        name="drawn-curve",
        title="Drawn curve",
        X=X,
        labels=np.zeros(len(X), np.intp),
        classes=(),
        image_shape=None,
        features=("x",),
        description="Points (x, y) of one's own: draw them in the picture of the regions.",
        targets=0.5 * X,
        quantities=("y",),
        source=SOURCE,
        licence=LICENCE,
        scaling=SCALING,
        test_share=0.0,
    )

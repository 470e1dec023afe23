"""Further runs behind a plot's own: kept ones, or those that are compared, thin and each in its colour."""

from msgspec import Struct

from explorer.session import History


class Overlay(Struct, frozen=True):
    """A run to draw behind the present one: ``CurvePlot.set_overlays`` and ``TrainingPanel.set_overlays`` take a tuple.

    Attributes
    ----------
    name
        Stands in the legend and beside the values at the pointer.
    colour
        "#RRGGBB", readable on the card of the present look: whoever sets it sets it anew where the look changes.
    history
        May still grow: what has been measured is read when the plot is drawn.
    """

    name: str
    colour: str
    history: History

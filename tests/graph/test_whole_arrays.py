"""Pointing at a whole array lights all of its places in the drawing."""

import pytest

from explorer.graph.choosing import make_picture
from explorer.graph.highlight import edges_of, outline_of
from explorer.graph.laying_out import lay_out
from explorer.graph.places import LayerPlace, LossPlace, Place, place_of
from explorer.tape import notation
from tests.graph.showing import random_session


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("W2", LayerPlace(2, edges=True)),
        ("dz2/dh1", LayerPlace(2, edges=True)),
        ("dJ/dW1", LayerPlace(1, edges=True)),
        ("h1", LayerPlace(1, edges=False)),
        ("b1", LayerPlace(1, edges=False)),
        ("x", LayerPlace(0, edges=False)),
        ("p", LayerPlace(2, edges=False)),
        ("J", LossPlace()),
    ],
)
def test_a_whole_array_has_a_place(name: str, place: Place) -> None:
    assert place_of((name, ()), 0, (3, 4, 2)) == place


def test_all_edges_of_a_layer_are_lit_and_all_units_outlined() -> None:
    layout = lay_out((3, 4, 2), None, 600, 400)
    picture = make_picture(random_session((3, 4, 2)).state, notation())
    lines, shares = edges_of(layout, picture, LayerPlace(2, edges=True))
    assert len(lines) == len(shares) == 8
    assert not len(edges_of(layout, picture, LayerPlace(1, edges=False))[0])
    assert outline_of(layout, LayerPlace(1, edges=True)).isEmpty()
    height = outline_of(layout, LayerPlace(1, edges=False)).boundingRect().height()
    assert height > 3 * (layout.columns[1].y[1] - layout.columns[1].y[0])


def test_a_strip_is_outlined_as_one() -> None:
    layout = lay_out((784, 512, 10), (28, 28), 600, 400)
    assert outline_of(layout, LayerPlace(0, edges=False)).elementCount() < 30

"""Edges on the scene: bins of colour and width, and paths that are built from arrays."""

import numpy as np
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QGraphicsScene

from explorer.graph.edges import LEVELS, EdgeItems, bins_of, pen_of
from explorer.graph.strokes import curve_of, path_of
from explorer.panels.theme import LIGHT, graph_style


def test_a_path_from_an_array_is_the_path_drawn_by_hand() -> None:
    rng = np.random.default_rng(0)
    lines = rng.normal(size=(300, 4))
    by_hand = QPainterPath()
    for x1, y1, x2, y2 in lines.tolist():
        by_hand.moveTo(x1, y1)
        by_hand.lineTo(x2, y2)
    assert path_of(lines) == by_hand


def test_no_lines_make_an_empty_path() -> None:
    assert path_of(np.empty((0, 4))).isEmpty()


def test_a_curve_from_arrays_is_the_path_drawn_by_hand_with_gaps_where_it_is_not_finite() -> None:
    x, y = np.arange(7.0), np.array([np.nan, 1.0, 3.0, np.inf, 2.0, 5.0, np.nan])
    by_hand = QPainterPath()
    by_hand.moveTo(1, 1)
    by_hand.lineTo(2, 3)
    by_hand.moveTo(4, 2)
    by_hand.lineTo(5, 5)
    assert curve_of(x, y) == by_hand
    assert curve_of(x, np.full(7, np.nan)).isEmpty()
    assert curve_of(x[:0], y[:0]).isEmpty()


def test_bins_hold_sign_and_size() -> None:
    shares = np.array([0.0, 1e-9, 0.5, 1.0, -1.0, -0.01])
    assert bins_of(shares).tolist() == [0, 1, 4, 8, -8, -1]


def test_pens_are_opaque_fast_and_grow_with_size() -> None:
    style = graph_style(LIGHT)
    for count in (8, 200, 2368):
        widths = [pen_of(level, count, style).widthF() for level in range(1, LEVELS + 1)]
        assert widths == sorted(widths)
        assert min(widths) > 1.01
        assert pen_of(3, count, style).color().alpha() == 255
    assert pen_of(8, 8, style).color().name().upper() == LIGHT.values.positive
    assert pen_of(-8, 8, style).color().name().upper() == LIGHT.values.negative
    assert pen_of(0, 8, style).color().name().upper() == LIGHT.values.neutral


def test_thousands_of_edges_are_seventeen_items(qapp: QApplication) -> None:
    scene = QGraphicsScene()
    edges = EdgeItems(scene, 1.0)
    edges.restyle(2000, graph_style(LIGHT))
    shares = np.random.default_rng(0).uniform(-1, 1, 2000)
    edges.show(np.ones((2000, 4)) * np.arange(4), shares)
    items = [item for item in scene.items() if isinstance(item, QGraphicsPathItem)]
    assert len(items) == 17
    assert sum(item.path().elementCount() for item in items) == 4000
    edges.clear()
    assert sum(item.path().elementCount() for item in items) == 0

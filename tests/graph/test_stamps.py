"""Kept pictures of formulas: they look like the outlines, between pixels and on fine screens, too, and are few."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph import stamps
from explorer.graph.typeset import Formula, typeset

INK = QColor("#203040")
PLACES = [(5.0, 25.0), (5.25, 25.5), (9.7, 24.13)]


def pixels_of(picture: QPixmap) -> np.ndarray:
    image = picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(float)


def painted(formula: Formula, place: tuple[float, float], ratio: float, *, stamped: bool) -> np.ndarray:
    picture = QPixmap(round(90 * ratio), round(40 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    if stamped:
        stamps.stamp(formula, painter, *place, 17.0, INK)
    else:
        formula.paint(painter, *place, 17.0, INK)
    painter.end()
    return pixels_of(picture)


@pytest.mark.parametrize(("place", "ratio"), list(product(PLACES, [1.0, 1.5, 2.0])))
def test_a_stamp_looks_like_the_outlines(qapp: QApplication, place: tuple[float, float], ratio: float) -> None:
    formula = typeset(r"z_1 = x W_1")
    wanted, got = (painted(formula, place, ratio, stamped=stamped) for stamped in (False, True))
    assert (wanted < 128).any()
    assert abs(got - wanted).mean() < 0.15 * (255 - wanted).mean()


def test_a_stamp_is_made_once_and_the_oldest_make_room(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "MOST", 3)
    stamps._kept.clear()
    formula, picture = typeset("x"), QPixmap(20, 20)
    painter = QPainter(picture)
    for place in (1.0, 1.0, 1.25, 1.5, 1.75):
        stamps.stamp(formula, painter, place, 15.0, 12.0, INK)
    painter.end()
    assert len(stamps._kept) == 3


@pytest.mark.parametrize("pixels", [0.0, -1.3])
def test_nothing_is_painted_where_there_is_no_room(qtbot: QtBot, qapp: QApplication, pixels: float) -> None:
    picture = QPixmap(20, 20)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    stamps.stamp(typeset(r"z_1 = x W_1"), painter, 5, 15, pixels, INK)
    painter.end()
    assert (pixels_of(picture) == 255).all()

"""A layer as a strip with a cell for each unit: an unfolded one, or an image unrolled beside its pixels."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainterPath, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from explorer.graph.colors import coloured, rgb
from explorer.graph.geometry import Box, Column
from explorer.graph.idle import NOBODY, idle_units, same, strokes
from explorer.graph.parts import NO_BUTTON, Ring, TextItem, add_round, outline_item
from explorer.graph.picture import Array, Picture, Shown
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle

PIXELS, FRAME, RING = 10.0, 11.0, 12.0


class StripColumn:
    """The items of a layer that shows every unit; of an image, its pixels as well."""

    def __init__(self, scene: QGraphicsScene, column: Column, layer: int) -> None:
        self._column, self._layer = column, layer
        self._style: GraphStyle | None = None
        self._cells = pixel_item(scene)
        self._pixels = None if column.image is None else pixel_item(scene)
        self._frame, self._unrolling = outline_item(scene, FRAME), outline_item(scene, 1.0)
        self._ring, self._ticks = Ring(scene, RING), outline_item(scene, RING)
        self._marked = NOBODY
        self._label = TextItem(scene, FRAME)
        self._place()

    def _place(self) -> None:
        column, strip = self._column, self._column.box
        frame, ring = QPainterPath(), QPainterPath()
        for box in (strip,) if column.image is None else (column.image, strip):
            add_round(frame, box, 0.5, 1.0)
            add_round(ring, box, 4.0, 2.0)
        self._frame.setPath(frame)
        self._ring.set_path(ring)
        fit(self._cells, strip, column.total, 1)
        if self._pixels is not None and column.image is not None and column.image_shape is not None:
            self._place_image(column.image, strip, column.image_shape)
            fit(self._pixels, column.image, *column.image_shape)
        if column.fold is not None:
            self._label.place(column.x, column.fold)
            self._label.show_text(f"all {column.total} ⌃")

    def _place_image(self, image: Box, strip: Box, shape: tuple[int, int]) -> None:
        """Lay a band from the image to the strip, and say how many pixels there are."""
        path, right = QPainterPath(), image.left + image.width + 4
        left, bottom = strip.left - 3, strip.top + strip.height
        corners = [(right, image.top), (left, strip.top), (left, bottom), (right, image.top + image.height)]
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
        self._unrolling.setPath(path)
        self._label.place(image.left + image.width / 2, image.top + image.height + 18)
        self._label.show_text(f"{shape[0]}×{shape[1]} pixels")

    def restyle(self, style: GraphStyle) -> None:
        """Take fonts and colours."""
        self._style = style
        self._frame.setPen(QPen(QColor(style.muted), 1.0))
        self._unrolling.setBrush(QColor(style.soft))
        self._ticks.setPen(QPen(QColor(style.ink), min(max(1.4 * self._column.half_height, 0.8), 1.6)))
        self._label.restyle(style.text_font(style.small), style.muted)

    def update(self, picture: Picture) -> None:
        """Show the values, hollow where there are none."""
        style, shown = self._style, picture.columns[self._layer]
        if style is None:
            return
        if self._pixels is not None and self._column.image_shape is not None:
            self._pixels.setPixmap(pixmap(shown, self._column.image_shape, style))
        self._cells.setPixmap(pixmap(shown, (self._column.total, 1), style))
        self._ring.light(shown.light, style, 2.0)
        self.mark(picture)

    def mark(self, picture: Picture) -> None:
        """Mark the units that learn nothing by a tick beside their cells."""
        idle = idle_units(picture, self._layer)
        if idle is not self._marked and not same(idle, self._marked):
            self._marked = idle
            self._ticks.setPath(path_of(strokes(self._column, idle)))


def pixel_item(scene: QGraphicsScene) -> QGraphicsPixmapItem:
    """Return an empty item whose pixels stay sharp when it is scaled."""
    item = QGraphicsPixmapItem()
    item.setTransformationMode(Qt.TransformationMode.FastTransformation)
    item.setAcceptedMouseButtons(NO_BUTTON)
    item.setZValue(PIXELS)
    scene.addItem(item)
    return item


def fit(item: QGraphicsPixmapItem, box: Box, rows: int, columns: int) -> None:
    """Scale a picture of that many rows and columns into the box."""
    item.setPos(box.left, box.top)
    item.setTransform(QTransform.fromScale(box.width / columns, box.height / rows))


def pixmap(shown: Shown, shape: tuple[int, int], style: GraphStyle) -> QPixmap:
    """Return one pixel for each value; the ground's colour where there are none."""
    values: Array = np.full(shape, np.nan) if shown.values is None else shown.values.reshape(shape)
    pixels = np.ascontiguousarray(coloured(style.values, values, shown.largest))
    if shown.values is None:
        pixels[...] = rgb(style.card)
    image = QImage(pixels.data, shape[1], shape[0], 3 * shape[1], QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image.copy())

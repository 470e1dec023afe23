"""A column of units on the scene: shapes coloured by value, numbers, small notes, rings for read and written, folds."""

from math import ceil

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsScene

from explorer.graph.colors import coloured, takes_white_ink
from explorer.graph.geometry import NAME_GAP, Box, Column, Kind, can_name, unit_box
from explorer.graph.idle import NOBODY, STILL, WORDS, idle_units, kinds, same, strokes
from explorer.graph.parts import Ring, TextItem, add_round, outline_item
from explorer.graph.picture import Note, Picture, Shown
from explorer.graph.strokes import path_of
from explorer.graph.style import GraphStyle
from explorer.tape.numbers import shown as shown_number
from explorer.tape.symbols import is_signed

INK_ON_DARK, INK_ON_LIGHT = "#FFFFFF", "#15171B"
PLATES, UNITS, HATCH, STRIKES, RINGS, FOLDS, NUMBERS = 9.0, 10.0, 10.5, 11.0, 12.0, 13.0, 14.0
NUMBER_HIGH = 8.0
"""Half the height that a number takes."""
LEAST_WORDED = 22.0
"""Half the height of a unit that has room for the word "off" below its number."""
LONG, SHORT = 8, 6
"""Most characters of a number in a unit, and of one in a deep network; under the mouse stand all digits."""


class UnitColumn:
    """The items of one layer that is drawn as circles or ovals.

    Parameters
    ----------
    named
        Pixels beside each unit for the name of its class; 0 where none is written.
    """

    def __init__(self, scene: QGraphicsScene, column: Column, layer: int, named: float = 0.0) -> None:
        self._column, self._layer, self._named = column, layer, named
        numbered = column.kind is Kind.NUMBERS
        self._shapes = [outline_item(scene, UNITS, round_path(unit_box(column, k))) for k in range(len(column.y))]
        self._ring = Ring(scene, RINGS, self._ring_path())
        self._numbers = [TextItem(scene, NUMBERS) for _ in column.y] if numbered else []
        self._notes = [[TextItem(scene, NUMBERS) for _ in range(column.note_lines)] for _ in column.y]
        self._fold = [TextItem(scene, NUMBERS) for _ in range(2)] if column.fold is not None else []
        self._classes = [TextItem(scene, NUMBERS) for _ in column.y] if named and can_name(column) else []
        self._idle = [TextItem(scene, NUMBERS) for _ in column.y] if column.half_height >= LEAST_WORDED else []
        self._hatch, self._strikes = outline_item(scene, HATCH), outline_item(scene, STRIKES)
        self._plates, self._fold_plate = outline_item(scene, PLATES), outline_item(scene, FOLDS)
        self._words: list[str] = []
        self._marked = NOBODY
        self._wanted: list[bool] = []
        self._colours: list[str] = []
        self._inks: list[str] = []
        self._style: GraphStyle | None = None
        self._place()

    def _place(self) -> None:
        column = self._column
        for k, y in enumerate(column.y):
            if self._numbers:
                self._numbers[k].place(column.x, float(y))
            if self._idle:
                self._idle[k].place(column.x, float(y) + 0.52 * column.half_height)
            if self._classes:
                self._classes[k].place(column.x + column.half_width + NAME_GAP + self._named / 2, float(y))
            for row, item in enumerate(self._notes[k]):
                item.place(column.x, float(y) + column.half_height + 14 + 15 * row)
        if column.fold is not None:
            self._fold[0].place(column.x, column.fold - 9)
            self._fold[1].place(column.x, column.fold + 8)
            self._fold[0].show_text("⋮")
            self._fold[1].show_text(f"{column.folded} more")

    def _ring_path(self) -> QPainterPath:
        path = QPainterPath()
        if self._column.kind is Kind.DOTS:
            add_round(path, self._column.box, 5.0, self._column.half_width)
            return path
        for k in range(len(self._column.y)):
            box = unit_box(self._column, k)
            add_round(path, box, min(5.0, self._gap() / 2), box.height / 2)
        return path

    def _gap(self) -> float:
        """Return the space between neighbouring units, the ring's own width left aside."""
        steps = np.diff(self._column.y)
        return float(max(steps.min(initial=99.0) - 2 * self._column.half_height - 2.4, 1.0))

    def restyle(self, style: GraphStyle) -> None:
        """Take fonts and colours."""
        self._style = style
        self._colours, self._inks, self._wanted = [], [], []
        pen = QPen(QColor(style.muted), 1.2 if self._numbers else 0.8)
        for shape in self._shapes:
            shape.setPen(pen)
        for item in self._numbers:
            item.restyle(style.number_font(style.small if self._column.short else style.normal), style.ink)
        for item in (item for items in self._notes for item in items):
            item.restyle(style.number_font(style.small), style.muted)
        for item in self._idle:
            item.restyle(style.text_font(style.small), style.ink)
        self._strikes.setPen(QPen(QColor(style.ink), 1.8 if self._numbers else 1.2))
        self._hatch.setBrush(QBrush(QColor(style.muted), Qt.BrushStyle.BDiagPattern))
        for item in self._fold:
            item.restyle(style.text_font(style.small), style.muted)
        for plate in (self._plates, self._fold_plate):
            plate.setBrush(QColor(style.card))
        self._lay_plates()
        self._fold_plate.setPath(plates_of(self._fold))

    def update(self, picture: Picture) -> None:
        """Show the values, hollow where there are none."""
        style, shown = self._style, picture.columns[self._layer]
        if style is None:
            return
        self._paint(shown, style)
        self._write(shown)
        self.mark(picture)
        self._ring.light(shown.light, style, 2.4 if self._numbers else 2.0)
        if self._layer == picture.depth and picture.classes and self._classes:
            self._name_classes(picture, style)

    def _paint(self, shown: Shown, style: GraphStyle) -> None:
        count = len(self._shapes)
        fills, inks = [style.card] * count, [style.muted] * count
        if shown.values is not None:
            colours = coloured(style.values, shown.values[self._column.units], shown.largest)
            fills = [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in colours.tolist()]
            inks = [INK_ON_DARK if dark else INK_ON_LIGHT for dark in takes_white_ink(colours).tolist()]
        if fills == self._colours:
            return
        self._colours = fills
        for item, fill in zip(self._shapes, fills, strict=True):
            item.setBrush(QColor(fill))
        if self._numbers and inks != self._inks:
            self._inks = inks
            for number, ink in zip(self._numbers, inks, strict=True):
                number.setBrush(QColor(ink))

    def mark(self, picture: Picture) -> None:
        """Hatch and strike out the units that learn nothing, and say why where there is room."""
        idle = idle_units(picture, self._layer)
        if idle is self._marked or same(idle, self._marked):
            return
        self._marked = idle
        struck = kinds(self._column, idle)
        self._strikes.setPath(path_of(strokes(self._column, idle)))
        for item, kind in zip(self._idle, struck, strict=False):
            item.show_text("" if kind is None else WORDS[kind])
        hatched = QPainterPath()
        for k, kind in enumerate(struck):
            if kind in STILL:
                add_unit(hatched, unit_box(self._column, k))
                if self._numbers:
                    hatched.addRect(self._clear_of_hatches(k))
        self._hatch.setPath(hatched)

    def _clear_of_hatches(self, k: int) -> QRectF:
        """Return the room of a unit's number, and of the word below it: the other parts alone are hatched."""
        top = float(self._column.y[k]) - NUMBER_HIGH
        bottom = self._idle[k].sceneBoundingRect().bottom() if self._idle else top + 2 * NUMBER_HIGH
        half = self._column.half_width - 4
        return QRectF(self._column.x - half, top, 2 * half, bottom - top - (2 if self._idle else 0))

    def _write(self, shown: Shown) -> None:
        room = SHORT if self._column.short else LONG
        for k, item in enumerate(self._numbers):
            value = None if shown.values is None else float(shown.values[k])
            item.show_text("" if value is None else shown_number(value, signed=shown.signed, room=room))
        lines = self._column.note_lines
        words = [text for k in range(len(self._notes)) for text in note_lines(shown.notes, k, lines)]
        if words != self._words:
            self._words = words
            for item, text in zip((item for items in self._notes for item in items), words, strict=True):
                item.show_text(text)
            self._lay_plates()

    def _lay_plates(self) -> None:
        """Lay the ground's colour behind small text, so that no edge runs through it."""
        self._plates.setPath(plates_of([item for items in self._notes for item in items]))

    def _name_classes(self, picture: Picture, style: GraphStyle) -> None:
        """Write each output's class beside it, the right one in full ink."""
        wanted = [bool(target) for target in picture.targets == max(picture.targets.max(), 0.5)]
        if wanted == self._wanted:
            return
        self._wanted = wanted
        metrics = QFontMetricsF(style.text_font(style.small))
        for item, name, right in zip(self._classes, picture.classes, wanted, strict=True):
            item.restyle(style.text_font(style.small), style.ink if right else style.muted)
            item.show_text(metrics.elidedText(name, Qt.TextElideMode.ElideRight, ceil(self._named) + 1))


def widest(names: tuple[str, ...], style: GraphStyle) -> float:
    """Return the pixels that the longest of the names takes beside a unit; 0 where there are none."""
    metrics = QFontMetricsF(style.text_font(style.small))
    return max(map(metrics.horizontalAdvance, names), default=0.0)


def plates_of(items: list[TextItem]) -> QPainterPath:
    """Return what lies behind words."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for item in items:
        if item.text():
            path.addRect(item.sceneBoundingRect().adjusted(-2, 1, 2, -1))
    return path


def round_path(box: Box) -> QPainterPath:
    """Return a circle, or an oval with straight sides where the box is wider than high."""
    path = QPainterPath()
    add_unit(path, box)
    return path


def add_unit(path: QPainterPath, box: Box) -> None:
    """Add a unit's shape."""
    add_round(path, box, 0.0, box.height / 2)


def note_lines(notes: tuple[Note, ...], unit: int, lines: int) -> list[str]:
    """Return the small text under a unit, "h 0.6225" and "σ′ 0.2350", on that many lines."""
    texts = [note_text(note, unit) for note in notes[: min(lines, 2)]]
    return (texts + [""] * lines)[:lines]


def note_text(note: Note, unit: int) -> str:
    """Return "h 0.6225", "y 1" or "∂J/∂x not yet"."""
    if note.values is None:
        return f"{note.label} not yet"
    value = float(note.values[unit])
    if note.name == "y" and value.is_integer():
        return f"{note.label} {value:g}"
    return f"{note.label} {shown_number(value, signed=is_signed(note.name), room=8)}"

"""Layers in brackets are raised where text is drawn: no caret reaches the eye, and other notations stay plain text."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsSimpleTextItem, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.hint import Hint
from explorer.graph.parts import TextItem
from explorer.graph.raising import parts, rich


def test_pieces_are_raised_or_not() -> None:
    assert list(parts("left W^[12]ᵀ (value)")) == [("left W", False), ("[12]⊤", True), (" (value)", False)]
    assert list(parts("b^[1]⁺")) == [("b", False), ("[1]+", True)]
    assert list(parts("W₂ᵀ[1, 2]")) == [("W₂ᵀ[1, 2]", False)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("b^[1][2] = 0.5", "b<sup>[1]</sup>[2] = 0.5"),
        ("a < b\nW^[2]", "a &lt; b<br>W<sup>[2]</sup>"),
        ("a < b\nW₂", "a < b\nW₂"),
    ],
)
def test_html_is_written_only_where_it_is_needed(text: str, shown: str) -> None:
    assert rich(text) == shown


def shown_in(item: TextItem) -> tuple[str, list[str]]:
    children = [child.text() for child in item.childItems() if isinstance(child, QGraphicsSimpleTextItem)]
    return item.text(), [text for text in children if text]


def test_a_line_of_the_drawing_has_its_layer_raised_over_a_gap(look: QApplication) -> None:
    scene = QGraphicsScene()
    item = TextItem(scene, 1.0)
    item.restyle(look.font(), "#000000")
    item.show_text("da^[1] +1.5133")
    assert shown_in(item) == ("da   +1.5133", ["[1]"])
    assert item.childItems()[0].x() > 0
    assert item.childrenBoundingRect().right() < item.boundingRect().right()
    item.show_text("σ′ 0.2350")
    assert shown_in(item) == ("σ′ 0.2350", [])
    item.show_text("dx not yet")
    assert shown_in(item) == ("dx not yet", [])


def test_the_hint_raises_them(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    hint = Hint(parent)
    hint.show_lines(("b^[1][2] = 0.5", "h < 1"), QPoint(1, 1))
    assert hint.text() == "b<sup>[1]</sup>[2] = 0.5<br>h &lt; 1"
    hint.show_lines(("b₁[2] = 0.5", "h < 1"), QPoint(1, 1))
    assert hint.text() == "b₁[2] = 0.5\nh < 1"

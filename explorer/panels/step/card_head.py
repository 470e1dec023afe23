"""The head of the step card: symbol, title, sentence. What a short card has no room for gives way to the matrices."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.graph.raising import rich
from explorer.panels.step.card_parts import strut

WIDTH, LINES, ABOVE = 56, 48, 8
"""Of the symbol; height that titles of one line and of two both take; room above them on a tall card."""
TALL, CRAMPED = 600, 450
"""Height from which the card has its symbol, with which the formula begins; height below which it has no sentence."""


class CardHead(QWidget):
    """Lays out what it is given; the sentence is the title's tooltip, too."""

    def __init__(self, symbol: QWidget, title: QLabel, sentence: QLabel, note: QWidget, mark: QWidget) -> None:
        super().__init__()
        self._symbol, self._title, self._sentence = symbol, title, sentence
        self._strut, self._cramped = strut(LINES), False
        symbol.setFixedWidth(WIDTH)
        for label in (title, sentence):
            label.setWordWrap(True)
        first, self._words, whole = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        first.addWidget(title, 1)
        first.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._words.setSpacing(1)
        self._words.addLayout(first)
        self._words.addWidget(sentence)
        self._words.addWidget(note)
        self._words.addStretch(1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(symbol)
        whole.addLayout(self._words, 1)
        whole.addWidget(self._strut)

    def show_words(self, title: str, sentence: str) -> None:
        """Show what a step is called, and what it means."""
        self._title.setText(rich(title))
        self._title.setToolTip(rich(sentence))
        self._sentence.setText(rich(sentence))
        self._show_sentence()

    def fit(self, height: int) -> None:
        """Take as much room as a card of that height has for words."""
        tall, self._cramped = height >= TALL, height < CRAMPED
        self._symbol.setVisible(tall)
        self._strut.setVisible(not self._cramped)
        self._words.setContentsMargins(0, ABOVE if tall else 0, 0, 0)
        self._show_sentence()

    def _show_sentence(self) -> None:
        self._sentence.setVisible(bool(self._sentence.text()) and not self._cramped)

"""The mistake lab as it is laid out: the list, the words on one mistake, the contrast, the verdict, both runs."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.covering_sheet import SIDE, CoveringSheet, SheetWords
from explorer.panels.lab.contrast_view import ContrastView
from explorer.panels.lab.lab_list import ROW, LabList
from explorer.panels.lab.lab_model import Column, LabModel
from explorer.panels.lab.puzzle_bar import PuzzleBar, PuzzleStart
from explorer.panels.labelled import labelled
from explorer.panels.step.card_parts import rule
from explorer.panels.theme import Palette

WORDS = SheetWords(
    title="Mistakes on purpose",
    name="The mistake lab: known mistakes, to be switched on and off",
    close_name="Close the mistake lab",
    close_tip="Close (Esc)",
)
SHARE, LEAST_ROOM = 0.42, 60
"""Of the sheet's height, what the matrices of a step may have; and what they have in any case, in pixels."""
TRAIN = "Train both"
ROWS = 4
"""Lines of the list that are left where the rest needs much room."""
HEAD = 92
"""Height of the head, the margins and the rules."""
NARROW = 520
"""Width below which the list shows titles alone."""
LOW = 420
"""Height below which the words on one mistake are left to its tooltip."""


class LabCard(CoveringSheet):
    """The parts of the lab, and their places; ``LabSheet`` shows a session in them.

    Parameters
    ----------
    covered
        What it lies over.
    parent
        Holds both.
    """

    def __init__(self, typesetter: Typesetter, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(WORDS, covered, parent)
        self.setObjectName("mistake_lab")
        self.model = LabModel(self)
        self.list, self.contrast = LabList(self.model), ContrastView(typesetter)
        self.wrong, self.right, self.verdict = (labelled("", role) for role in ("bad", "good", "muted"))
        self.go, self.train, self.none = QPushButton(), QPushButton(TRAIN), QPushButton("Switch all off")
        self._quiet = False
        self.trained, self._above = labelled("", "muted"), rule()
        self.start, self.bar = PuzzleStart(), PuzzleBar()
        self._dress()
        self._lay_out()

    def _dress(self) -> None:
        for label in (self.wrong, self.right, self.verdict, self.trained):
            label.setWordWrap(True)
        told = (
            (self.go, "Go to the first wrong step", "Show the first wrong step that the gradient check names."),
            (
                self.train,
                "Train both, with the mistakes and without",
                "Train twice from the initial weights, in the same order of samples: with the mistakes and without.",
            ),
            (self.none, "Switch all mistakes off", "Make no mistake any more; Undo (Ctrl+Z) takes that back."),
        )
        for button, name, tip in told:
            button.setAccessibleName(name)
            button.setToolTip(tip)

    def _lay_out(self) -> None:
        self.column.setSpacing(6)
        self.column.addWidget(self.list, 1)
        for widget in (self.wrong, self.right, self._above, self.contrast, rule()):
            self.column.addWidget(widget)
        checked, foot = QHBoxLayout(), QHBoxLayout()
        checked.addWidget(self.verdict, 1)
        checked.addWidget(self.go)
        foot.addWidget(self.train)
        foot.addWidget(self.trained, 1)
        for asked in (self.start, self.none):
            self.head.insertWidget(self.head.count() - 1, asked)
        self.column.addLayout(checked)
        self.column.addLayout(foot)
        self.column.addWidget(self.bar)

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.model.set_palette(palette)
        self.contrast.set_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the matrices what is left."""
        super().resizeEvent(event)
        self._fit_width()
        self.make_room()

    def make_room(self) -> None:
        """Give the matrices what the words and a few lines of the list leave, but not too much of the sheet."""
        for label in (self.wrong, self.right):
            label.setVisible(self.height() >= LOW)
        width, inner = self.width() - 2 * SIDE, self.column.spacing()
        alone = [self.contrast.words, *(label for label in (self.wrong, self.right) if self.height() >= LOW)]
        beside = ((self.verdict, self.go), (self.trained, self.train))
        used = sum(label.heightForWidth(width) + inner for label in alone)
        for label, button in beside:
            hint = button.sizeHint()
            used += max(label.heightForWidth(width - hint.width() - inner), hint.height()) + inner
        left = self.height() - used - HEAD - ROWS * ROW
        self.contrast.set_room(max(LEAST_ROOM, min(left, round(SHARE * self.height()))))

    def show_parts(self, *, on: bool, quiet: bool) -> None:
        """Show what there is to see where mistakes are on, and of those that are told."""
        for widget in (self._above, self.contrast):
            widget.setVisible(on and not quiet)
        for told in (self.verdict, self.train, self.trained):
            told.setHidden(quiet)
        self._quiet = quiet
        self._fit_width()

    def _fit_width(self) -> None:
        """Beside a lesson's page, leave out what can be done and read otherwise."""
        narrow = self.width() < NARROW
        self.none.setHidden(self._quiet or narrow)
        self.list.setColumnHidden(Column.WORDS, narrow)

    def take_keys(self) -> None:
        """Give the keys to the list."""
        self.list.setFocus()

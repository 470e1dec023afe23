"""What may have gone wrong with an answer: an explanation a row, and the way to the mistakes that they are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.lessons.answers import Finding
from explorer.panels.labelled import labelled, show_raised
from explorer.tape.mistakes import MISTAKES
from explorer.tape.sentences import begun

Spell = Callable[[str], str]
OTHERS = {(False, True): "", (False, False): "Perhaps: ", (True, True): "Or: ", (True, False): "Or perhaps: "}
"""What stands before an explanation: by whether it is another cause than one before it, and whether it is sure."""
MAKE = "Make this mistake"


class FindingRows(QWidget):
    """Shows explanations of an answer, the likeliest first.

    Signals
    -------
    mistake_wanted
        The name of a mistake of the lab that is to be seen.
    """

    mistake_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._rows: list[QLabel] = []
        self.buttons = [self._new_button()]
        self.hide()

    def _new_button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("quiet", True)
        button.setToolTip("Let the pass make it on purpose, and see what changes; undo (Ctrl+Z) takes that back.")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.mistake_wanted.emit(button.property("mistake")))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    @property
    def button(self) -> QPushButton:
        """What makes the mistake of the first explanation."""
        return self.buttons[0]

    def hide_buttons(self) -> None:
        """Offer to make none of the mistakes."""
        for button in self.buttons:
            button.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said, row by row."""
        return tuple(row.text() for row in self._rows if not row.isHidden())

    def show_findings(self, findings: Sequence[Finding], notes: Sequence[str], spell: Spell) -> None:
        """Show notes, then explanations; ``spell`` writes names in the notation of the window."""
        texts = [spell(text) for text in (*notes, *told(findings))]
        while len(self._rows) < len(texts):
            self._rows.append(new_row())
            self._column.insertWidget(len(self._rows) - 1, self._rows[-1])
        for row, text in zip(self._rows, [*texts, *[""] * len(self._rows)], strict=False):
            show_raised(row, text)
            row.setVisible(bool(text))
        self._show_buttons(list(dict.fromkeys(finding.mistake for finding in findings if finding.mistake)))
        self.setVisible(bool(texts))

    def _show_buttons(self, mistakes: Sequence[str]) -> None:
        """Offer to make each mistake; where there are several, each button names its own."""
        while len(self.buttons) < len(mistakes):
            self.buttons.append(self._new_button())
        self.hide_buttons()
        for button, mistake in zip(self.buttons, mistakes, strict=False):
            named = f"{MAKE}: {MISTAKES[mistake].title}"
            button.setText(named if len(mistakes) > 1 else MAKE)
            button.setAccessibleName(named)
            button.setProperty("mistake", mistake)
            button.show()


def told(findings: Sequence[Finding]) -> list[str]:
    """Return explanations as paragraphs: what the numbers are, then how one comes to them, one way or another."""
    texts = []
    for number, finding in enumerate(findings):
        before = OTHERS[bool(finding.mistake) and any(f.mistake for f in findings[:number]), finding.sure]
        advice = f" {begun(finding.advice)}." if finding.advice else ""
        end = "" if finding.words.endswith("?") else "."
        words = finding.words[:1].lower() + finding.words[1:] if before else finding.words
        texts.append(f"{before}{words}{end}{advice}")
    return texts


def new_row() -> QLabel:
    """Return a label that wraps."""
    label = labelled("", "muted")
    label.setWordWrap(True)
    return label

"""Which optimisers to compare, at which rates, over how many epochs: lines to tick, with what is usual filled in."""

import re

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.engine.errors import ExplorerError
from explorer.engine.optimizers import OPTIMIZERS
from explorer.panels.labelled import labelled
from explorer.panels.theme import GAP
from explorer.panels.training.setting_kinds import read_number, write_number
from explorer.session import State
from explorer.session.rates import USUAL_STEPS, words_of
from explorer.session.runs_comparing import Comparison, usual_epochs, usual_rates
from explorer.session.settings import MAX_EPOCHS
from explorer.tape.sentences import begun

TICKED = ("sgd", "momentum", "rmsprop", "adam")
"""The optimisers that are chosen at first, besides the one that is set."""
APART = re.compile(r"[;\s]+|,(?=\s|\d*\.)")
"""Between two rates: 0.1, 0.2 or 0.1 0.2 or 0,1; 0,2."""
WIDTH = 460


class OptimizersDialog(QDialog):
    """Asks what to compare.

    Signals
    -------
    chosen
        A ``Comparison`` that can be made.
    """

    chosen = Signal(object)

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare optimisers")
        self.setObjectName("optimizers_dialog")
        self.setMinimumWidth(WIDTH)
        self._state = state
        own = state.settings.optimizer
        self.ticks = {name: QCheckBox(rule.title) for name, rule in OPTIMIZERS.items()}
        self.rates = {name: QLineEdit(write_number(rate)) for name, rate in usual_rates(state).items()}
        for name, tick in self.ticks.items():
            tick.setChecked(name in TICKED or name == own)
        self.epochs = QSpinBox(minimum=1, maximum=MAX_EPOCHS, value=usual_epochs(state))
        self.count, self.refusal = QLabel(), QLabel(wordWrap=True)
        self.updates = labelled("", "muted")
        self.start = QPushButton("Compare")
        self._dress()
        self._arrange()
        self._tell()

    def _dress(self) -> None:
        self.epochs.setAccessibleName("epochs of each run")
        self.epochs.setToolTip(
            f"Passes over the samples that each run makes (↑ ↓), at first for some {USUAL_STEPS:,} updates"
        )
        self.epochs.setMinimumWidth(72)
        self.epochs.valueChanged.connect(self._tell)
        for name, tick in self.ticks.items():
            tick.setToolTip(f"Compare {tick.text()} (Space)")
            tick.setAccessibleName(f"Compare {tick.text()}")
            tick.toggled.connect(self._tell)
            rates = self.rates[name]
            rates.setAccessibleName(f"learning rates of {tick.text()}")
            rates.setToolTip("One learning rate, or several with spaces between them: a run for each")
            rates.textEdited.connect(lambda _text, tick=tick: tick.setChecked(True))
            rates.textEdited.connect(self._tell)
        self.count.setProperty("role", "muted")
        self.refusal.setProperty("role", "bad")
        self.start.setProperty("primary", True)
        self.start.setDefault(True)
        self.start.clicked.connect(self._take)

    def _arrange(self) -> None:
        title, words = QLabel("Compare optimisers"), QLabel(same_words(self._state), wordWrap=True)
        title.setProperty("role", "title")
        words.setProperty("role", "muted")
        cancel = QPushButton("Cancel")
        cancel.setToolTip("Close (Esc)")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.start)
        card = QFrame()
        card.setProperty("card", True)
        card.setLayout(self._grid())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(GAP)
        for widget in (title, words, card, self.refusal):
            column.addWidget(widget)
        column.addLayout(foot)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(16, GAP, 16, GAP)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for column, words in enumerate(("optimiser", "learning rates")):
            grid.addWidget(section(words), 0, column)
        for line, (name, tick) in enumerate(self.ticks.items(), start=1):
            grid.addWidget(tick, line, 0)
            grid.addWidget(self.rates[name], line, 1)
        label = section("epochs of each")
        label.setBuddy(self.epochs)
        grid.addWidget(label, len(self.ticks) + 1, 0)
        passes = QHBoxLayout()
        passes.setSpacing(GAP)
        passes.addWidget(self.epochs)
        passes.addWidget(self.updates, 1)
        grid.addLayout(passes, len(self.ticks) + 1, 1)
        return grid

    def comparison(self) -> Comparison:
        """Return what is asked for.

        Raises
        ------
        ExplorerError
            If a text is no learning rate.
        """
        ticked = [name for name, tick in self.ticks.items() if tick.isChecked()]
        return Comparison({name: read_rates(self.rates[name].text()) for name in ticked}, self.epochs.value())

    @Slot()
    def _tell(self) -> None:
        """Say how much work it is, or why it cannot be done."""
        each, epochs = self._state.steps_per_epoch, self.epochs.value()
        self.updates.setText(f"of {each:,} update{'s' * (each > 1)} each: {epochs * each:,} a run")
        try:
            asked = self.comparison()
            runs = len(asked.lanes(self._state))
        except ExplorerError as error:
            self.count.setText("")
            self._refuse(str(error))
        else:
            self.count.setText(f"{runs} runs, {runs * asked.epochs * self._state.steps_per_epoch:,} updates in all")
            self._refuse("")

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(begun(sentence))
        self.refusal.setVisible(bool(sentence))
        self.start.setEnabled(not sentence)

    @Slot()
    def _take(self) -> None:
        self.accept()
        self.chosen.emit(self.comparison())


def section(words: str) -> QLabel:
    """Return the head of a column."""
    return labelled(words, "section")


def read_rates(text: str) -> tuple[float, ...]:
    """Read "0.05 0.1", "0.05, 0.1" or "0,05; 0,1".

    Raises
    ------
    ExplorerError
        If a part is no number, or there is none.
    """
    return tuple(read_number(part) for part in APART.split(text.strip()) if part) or (read_number(text),)


def same_words(state: State) -> str:
    """Return what all runs have in common, in a sentence."""
    sizes = "-".join(str(size) for size in state.subject.problem.network.sizes)
    held = f"{state.subject.title}, {sizes}, batch {state.settings.batch_size}, seed {state.settings.seed}"
    if state.settings.schedule.varies:
        held = f"{held}, rate {words_of(state.settings.schedule)}"
    weights = "the weights that this seed draws" if state.subject.problem.drawn else "the weights of its file"
    return f"{held}: each run begins at {weights}, and sees the same samples in the same order."

"""How far the reading is: a bar, the bytes done of all, and how fast it goes."""

from time import perf_counter

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from explorer.files.datasets import Progress
from explorer.panels.data.plainly import size_in_words

FINE = 1000


class ProgressLine(QWidget):
    """Keeps its room while there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setObjectName("data_progress")
        self.bar.setAccessibleName("How much of the file is read")
        self.bar.setRange(0, FINE)
        self.bar.setTextVisible(False)
        self.words = QLabel()
        self.words.setProperty("role", "number-muted")
        self._begun = 0.0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.words)
        self.rest()

    def begin(self, words: str) -> None:
        """Show that something begins."""
        self._begun = perf_counter()
        self.bar.setValue(0)
        self.words.setText(words)
        self._show(shown=True)

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is; what follows the reading has no bytes."""
        if progress.total <= 1:
            self.bar.setValue(FINE)
            self.words.setText("making samples…")
            return
        self.bar.setValue(FINE * progress.done // progress.total)
        speed = progress.done / max(perf_counter() - self._begun, 1e-3) / 2**20
        self.words.setText(f"{size_in_words(progress.done)} of {size_in_words(progress.total)} · {speed:,.0f} MB/s")

    def rest(self) -> None:
        """Show nothing."""
        self._show(shown=False)

    def _show(self, *, shown: bool) -> None:
        self.bar.setVisible(shown)
        self.words.setVisible(shown)

"""What every picture has in common: it makes its numbers piece by piece, paints them, and says them in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.panels.theme import LIGHT, Palette
from explorer.session import State
from explorer.session.pictures.signals import Work


class PictureView(QWidget):
    """A picture of learning.

    Signals
    -------
    told
        Once the picture stands: what it says in a few words, and in a sentence.
    changed
        The picture is to be made of something else, or in another way.
    closed
        What was open in it has closed.
    """

    told = Signal(str, str)
    changed = Signal()
    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look: Palette = LIGHT
        self.switch: QWidget | None = None
        self.summary = ""
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 64)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.look = palette
        self.update()

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Make the picture of a state; coarser where it is live, for the next one comes soon."""
        raise NotImplementedError

    def show_samples(self, state: State) -> None:
        """Learn of other samples, whether the picture is shown or not."""

    def is_open(self) -> bool:
        """Tell whether something is open in it that Esc closes."""
        return False

    def close_open(self) -> None:
        """Close it."""

    def follow(self, state: State) -> None:
        """Show at once what a person has just chosen or drawn; the picture itself comes in its turn."""

    def tell(self, words: str, sentence: str = "") -> None:
        """Say what the picture shows, and repaint it."""
        self.summary = ". ".join(filter(None, (words, sentence)))
        self.setAccessibleDescription(self.summary)
        self.told.emit(words, sentence)
        self.update()

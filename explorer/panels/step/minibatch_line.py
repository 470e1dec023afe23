"""The line of the step card that says which samples the rows are."""

from textwrap import wrap

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from explorer.panels.elided_label import ElidedLabel
from explorer.session import State
from explorer.session.guests_told import guest_words
from explorer.session.minibatch import named

MOST_IN_TIP, TIP_WIDTH = 256, 72
"""Samples that are named in the tooltip, and the characters of a line of it."""


class MinibatchLine(ElidedLabel):
    """Names the minibatch and its first samples, and in the tooltip all; or what is shown in place of a sample.

    Hides where the pass is of one of the samples that are trained on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.TextElideMode.ElideRight)
        self.setObjectName("minibatch_line")
        self.setProperty("role", "small")
        self.hide()

    def show_state(self, state: State) -> None:
        """Say which minibatch the state's pass is of."""
        words, whole = minibatch_words(state)
        self.setVisible(bool(words))
        if words != self.text():
            self.setText(words)
            self.setToolTip("\n".join(wrap(whole, TIP_WIDTH)))
            self.setAccessibleName(whole)


def minibatch_words(state: State) -> tuple[str, str]:
    """Return which minibatch the pass is of: in a line, and with all its samples; nothing where it holds them all.

    Of a sample that is not trained on, or of some that are gone through, return which it is.
    """
    if words := guest_words(state):
        return words, words
    if not state.whole or state.places == state.samples:
        return "", ""
    number = state.network_step % state.steps_per_epoch + 1
    words = f"minibatch {number:,} of {state.steps_per_epoch:,}: "
    return words + named(state.minibatch), words + named(state.minibatch, MOST_IN_TIP)

"""How well a person does who guesses first. No Qt."""

from typing import TYPE_CHECKING

from explorer.session.state import State

if TYPE_CHECKING:
    from explorer.tape.step import Tape


class Tally:
    """How many steps were answered right at the first try, while values are kept back."""

    def __init__(self) -> None:
        self._tape: Tape | None = None
        self._tried: set[str] = set()
        self._steps = self._right = 0

    def count(self, state: State, *, right: bool) -> None:
        """Count the first answer to a step of a pass, and no other."""
        if state.tape is not self._tape:
            self._tape, self._tried = state.tape, set()
        if state.step.id not in self._tried:
            self._tried.add(state.step.id)
            self._steps += 1
            self._right += right

    @property
    def text(self) -> str:
        """A quiet line; nothing before the first answer."""
        return f"{self._right} of {self._steps} at the first try" if self._steps else ""

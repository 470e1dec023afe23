"""Changes that hide a mistake, to be found, or reveal it. No Qt."""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from explorer.session.edits import with_mistakes
from explorer.session.showing import retaped
from explorer.session.state import State
from explorer.tape.checked_mistakes import check_mistakes

HIDDEN = "a hidden mistake"


class Hide(Struct, frozen=True):
    """Make one mistake and tell nobody which.

    Attributes
    ----------
    name
        The mistake.
    puzzle
        The number, from 1, by which the puzzle can be set again.
    """

    name: str
    puzzle: int

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, _state: State) -> str:
        """Return what it is called, which does not name the mistake."""
        return HIDDEN

    def apply(self, state: State) -> State:
        """Return the state whose passes make the mistake.

        Raises
        ------
        ExplorerError
            If it is unknown, or would change nothing.
        """
        check_mistakes(replace(state.subject.problem, mistakes=(self.name,)))
        return retaped(replace(state, subject=with_mistakes(state.subject, (self.name,), self.puzzle)))


class Reveal(Struct, frozen=True):
    """Name the hidden mistake, which is made further on."""

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, _state: State) -> str:
        """Return what it is called."""
        return "revealing the mistake"

    def apply(self, state: State) -> State:
        """Return the state whose steps say what is wrong with them; the same where nothing is hidden."""
        problem = state.subject.problem
        if not problem.puzzle:
            return state
        return retaped(replace(state, subject=with_mistakes(state.subject, problem.mistakes)))

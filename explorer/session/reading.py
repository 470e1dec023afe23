"""How a pass is read: at which of its steps, with which cell chosen or pointed at, in which notation. No Qt."""

from msgspec.structs import replace

from explorer.session.guessing import guessing_first, with_step_seen
from explorer.session.present import Present
from explorer.tape.entries import Cell
from explorer.tape.notation_shelf import notation, notations
from explorer.tape.orientation import Layout


class Reading:
    """Moves along the tape, and writes it in another way; no number changes."""

    def __init__(self, present: Present) -> None:
        self._present = present

    def go_to(self, position: int) -> None:
        """Show the step at that position; beyond the ends, the first or the last."""
        state = self._present.state
        position = min(max(position, 0), len(state.tape) - 1)
        if position != state.position:
            self._present.become(replace(state, position=position, selected=None, hovered=None))

    def go_to_step(self, step_id: str) -> None:
        """Show the step of that id, if the tape has one."""
        if step_id in self._present.state.tape:
            self.go_to(self._present.state.tape.index(step_id))

    def select(self, cell: Cell | None) -> None:
        """Choose a cell (name, index), or none."""
        self._present.change(selected=cell)

    def hover(self, cell: Cell | None) -> None:
        """Point at a cell (name, index), or none."""
        self._present.change(hovered=cell)

    def guess_first(self, *, wanted: bool) -> None:
        """Keep the value of each step back until it is answered or asked for, or show all."""
        self._present.become(guessing_first(self._present.state, wanted=wanted))

    def see_step(self) -> None:
        """Show the value of the current step."""
        self._present.become(with_step_seen(self._present.state))

    def write_in(self, name: str) -> None:
        """Write everything in the notation of that name."""
        self._present.change(notation=notation(name).name)

    def write_in_next(self) -> None:
        """Write everything in the next notation, after the last in the first."""
        names = tuple(notations())
        self.write_in(names[(names.index(self._present.state.notation) + 1) % len(names)])

    def lay_out(self, layout: Layout) -> None:
        """Write gradients in the shape of what they are taken by (denominator), or transposed (numerator)."""
        self._present.change(layout=layout)

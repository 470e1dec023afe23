"""After a failure, three questions: is it the gradient or the criterion, what is wrong, and where did it begin.

All three are answered with complex steps, which are exact but for rounding.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.tape.checking.criteria import chosen
from explorer.tape.checking.diagnosis import diagnosis
from explorer.tape.checking.differences import Nudger
from explorer.tape.checking.evidence import Evidence
from explorer.tape.checking.gradblocks import BlockCheck
from explorer.tape.checking.gradcompare import MOST_ENTRIES, check_block, is_checkable, picked
from explorer.tape.names import parse
from explorer.tape.step import Tape

EXACT = chosen(method="complex")
ROWS_AS_CHEAP = 10
"""An entry of x, z or h costs the pass of one sample, not of all: so many times more are looked at."""


class Inquiry(Struct, frozen=True):
    """A problem, and a tape whose gradients may be wrong."""

    problem: Problem
    nudger: Nudger
    tape: Tape
    most: int = MOST_ENTRIES

    def explained(self, block: BlockCheck) -> BlockCheck:
        """Return the block with its excuse or its diagnosis, if it failed."""
        if block.passed:
            return block
        if self.is_right(block):
            rounding = all(abs(e.numeric - e.analytic) <= e.noise for e in block.entries if not e.passed)
            return replace(block, excuse="rounding" if rounding else "step")
        return replace(block, diagnosis=self.diagnosed(block))

    def is_right(self, block: BlockCheck) -> bool:
        """Tell whether complex steps agree with a gradient that failed."""
        return check_block(self.nudger, self.tape, block.name, EXACT, self.most).passed

    def diagnosed(self, block: BlockCheck) -> str:
        """Return what the error looks like, in words; nothing for a large gradient, of which only a part is known."""
        quantity, entries = parse(block.name), int(np.prod(block.expected))
        most = self.most * (ROWS_AS_CHEAP if quantity.symbol in "xzh" else 1)
        if block.name not in self.tape or entries > most:
            return ""
        with np.errstate(all="ignore"):
            true = self.nudger.complex_steps(quantity, picked(block.expected, entries))
        found, shaped = self.tape[block.name].value, true.numeric.reshape(block.expected)
        noise = float(true.noise.max(initial=0.0))
        return diagnosis(Evidence(self.problem, self.nudger, self.tape, quantity, found, shaped, noise))

    def first_wrong(self) -> BlockCheck | None:
        """Return the first gradient on the way back from the loss that is wrong; None where all are right."""
        names = (step.id for step in self.tape.steps if is_checkable(self.tape, step.id))
        blocks = (check_block(self.nudger, self.tape, name, EXACT, self.most) for name in names)
        wrong = next((block for block in blocks if not block.passed), None)
        return wrong and self.explained(wrong)

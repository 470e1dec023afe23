"""What a gradient check found as a whole, and the sentence that says so; ``gradtext`` writes all of it."""

from msgspec import Struct

from explorer.tape.checking.criteria import CRITERIA, DEFAULT, Criterion
from explorer.tape.checking.gradblocks import BlockCheck, EntryCheck, Verdict, misfit, place, severity
from explorer.tape.finite import departure

__all__ = ["BlockCheck", "EntryCheck", "GradientReport"]


class GradientReport(Struct, frozen=True):
    """The check of every parameter and of the input, in the order W1, b1, ..., WL, bL, x.

    Attributes
    ----------
    blocks
        What was found, gradient by gradient.
    h, tolerance
        How far an entry was nudged at most, and the largest error that passes.
    not_finite
        The first array of the pass that holds an infinity or a NaN; empty where all numbers are finite.
    criterion
        What counted as agreement, and the method.
    first_wrong
        The first gradient on the way back from the loss that is wrong, dJ/dz and dJ/dh included; None where
        all are right.
    norm_ratio
        ||n - a|| / (||n|| + ||a||) over all parameters as one vector; NaN where a shape is wrong.
    """

    blocks: tuple[BlockCheck, ...]
    h: float
    tolerance: float
    not_finite: str = ""
    criterion: Criterion = CRITERIA[DEFAULT]
    first_wrong: BlockCheck | None = None
    norm_ratio: float = float("nan")

    @property
    def passed(self) -> bool:
        """True where every block passed and all numbers are finite: others have no differences.

        A criterion of norms judges all parameters as one vector, as its course does; what fails alone, and is right by
        complex steps, does not count.
        """
        if self.not_finite or self.named("FAILED"):
            return False
        return all(block.passed for block in self.blocks) or self.passes_as_one

    @property
    def passes_as_one(self) -> bool:
        """True where the criterion is one of norms, and all parameters as one vector pass it."""
        return self.criterion.by_norm and self.criterion.passes(self.norm_ratio)

    def __getitem__(self, name: str) -> BlockCheck:
        """Return the block of that gradient, e.g. "dJ/dW1".

        Raises
        ------
        KeyError
            If the report has no such block.
        """
        for block in self.blocks:
            if block.name == name:
                return block
        raise KeyError(name)

    def named(self, *verdicts: Verdict) -> str:
        """Return the names of the blocks with one of those verdicts, with commas."""
        return ", ".join(block.name for block in self.blocks if block.verdict in verdicts)

    @property
    def differences(self) -> str:
        """What the gradients were compared with, in words."""
        if self.criterion.method == "complex":
            return "complex steps"
        decided = any(block.decided for block in self.blocks)
        return "central differences" + ", or complex steps where rounding hides those" * decided

    @property
    def sentence(self) -> str:
        """The verdict in one sentence, with the worst entry and the first wrong step."""
        if self.not_finite:
            where = departure(self.not_finite)
            return f"{where[0].upper()}{where[1:]}: no gradient can be checked, scale the inputs or the weights down."
        if self.named("FAILED"):
            return self.failure
        return self.agreement if all(block.passed for block in self.blocks) else self.excused

    @property
    def agreement(self) -> str:
        """What is said where nothing failed, with what remains unproven."""
        unproven, proven = self.named("unproven", "skipped kinks"), self.named("passed")
        error = f"the largest relative error is {max(block.error for block in self.blocks):.1e}"
        if not unproven:
            return f"Every gradient agrees with its {self.differences}: {error}."
        reasons = sorted({block.unproven for block in self.blocks if block.unproven})
        why = ", ".join(reasons)
        if not proven:
            return f"Nothing is proven: {unproven} ({why})."
        agree = f"agree with their {self.differences}" if ", " in proven else f"agrees with its {self.differences}"
        return f"{proven} {agree}, {error}; unproven: {unproven} ({why})."

    @property
    def excused(self) -> str:
        """What is said where a criterion fails gradients that are right."""
        failed = [block for block in self.blocks if not block.passed]
        names = ", ".join(block.name for block in failed)
        rounding = all(block.excuse == "rounding" for block in failed)
        reason = "rounding alone makes such differences" if rounding else "its step is too coarse here"
        proof = f"{reason} at h = {self.h:.0e}, and complex steps agree"
        if self.passes_as_one:
            whole = f"All parameters as one vector agree with their {self.differences}, {self.norm_ratio:.1e}"
            return f"{whole}; taken alone, {names} would fail, yet nothing is wrong: {proof}."
        return f"{self.criterion.title}'s criterion fails {names}, yet nothing is wrong: {proof}."

    @property
    def failure(self) -> str:
        """What is said where a gradient is wrong: which, by how much, and where it went wrong first."""
        wrong = [block for block in self.blocks if block.verdict == "FAILED"]
        worst = max((block.worst for block in wrong), key=severity)
        numbers = f"{worst.analytic:.9g} on the tape, {worst.numeric:.9g} as a {worst.difference}"
        found = f"entry {place(worst)} of {worst.name} is {numbers}"
        misfits = [f"{block.name} has {misfit(block)}" for block in wrong if block.shape != block.expected]
        first = ""
        if self.first_wrong:
            first = f"; first wrong: {self.first_wrong.name}"
            first += f", {self.first_wrong.diagnosis}" if self.first_wrong.diagnosis else ""
        end = "" if first.endswith("?") else "."
        return f"Not the derivative of the loss: {self.named('FAILED')}; {(misfits or [found])[0]}{first}{end}"

"""What a window tells of the samples at hand: where they come from, what was done to them, how many are held out."""

from explorer.data.scaling import FILLED
from explorer.session.subject import Subject


def story(subject: Subject) -> str:
    """Return the story of a subject's samples, a line for each thing that is known."""
    problem, data = subject.problem, subject.data
    lines = [problem.description.strip().partition("\n")[0]]
    if problem.source:
        licence = f" ({data.licence})" if data is not None and data.licence else ""
        lines.append(f"Source: {problem.source}{licence}")
    lines += told_of_scaling(subject)
    if len(subject.test_X):
        lines.append(f"{problem.samples:,} samples to train on, {len(subject.test_X):,} held out")
    return "\n".join(filter(None, lines))


def told_of_scaling(subject: Subject) -> list[str]:
    """Return what was done to inputs and to targets that are numbers."""
    told = []
    if subject.inputs is not None and subject.inputs.columns and subject.inputs.words != FILLED:
        told.append(f"Inputs {manner(subject.inputs.words)}: {subject.inputs.words}")
    elif subject.scaling:
        told.append(f"Inputs: {subject.scaling}")
    if subject.inputs is not None and subject.inputs.fill is not None:
        told.append("Gaps are filled by the mean, or the most frequent word, of the training samples")
    if subject.inputs is not None and subject.inputs.constant:
        told.append(f"Constant in the training samples, and so 0: {', '.join(subject.inputs.constant[:8])}")
    if subject.targets is not None:
        told.append(f"Targets {manner(subject.targets.words)} alike, and so are the losses that are shown")
    return told


def manner(words: str) -> str:
    """Return in a word how a scaling goes, which ``words`` tell in full."""
    return "scaled to 0 … 1" if "least" in words else "standardised"

"""Which losses can be compared: those on the same samples and the same targets, in the same units. No Qt."""

from explorer.session.subject import Subject

Measure = tuple[object, ...]


def measure_of(subject: Subject) -> Measure:
    """Return what the losses of a subject's runs are measured in; runs may be drawn together where it is the same.

    Other inputs, another network or another part of the samples held out leave it as it is. Numbers that are
    standardised do not: a loss of 1 is then the variance of the targets.
    """
    targets = "" if subject.targets is None else subject.targets.words
    data = subject.data
    names = subject.classes or (() if data is None else data.quantities)
    return subject.key, subject.problem.network.loss, names, targets


def why_apart(one: Subject, other: Subject) -> str:
    """Return why the curves of two subjects' runs are not drawn together, as a sentence; empty where they may be."""
    if one.key != other.key:
        return "Its curves are drawn once its data are shown."
    if measure_of(one) == measure_of(other):
        return ""
    return "Its losses are of other targets, or of targets scaled otherwise: its curves are drawn once such are shown."

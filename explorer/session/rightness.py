"""Whether a sample can be taken right or wrong: as its data, its weights' file and the loss have it. No Qt.

Targets that are numbers may be 0 and 1 by accident: where there are few of them, where all are alike, or where they
stand in for data that are not here.
"""

from explorer.engine.losses import LOSSES
from explorer.engine.metrics import Kind, kind_of
from explorer.session.subject import Subject

ZEROS = "a sample of zeros"
"""The title of what stands in for the data of weights that are not to be found."""


def lacks_samples(subject: Subject) -> bool:
    """Tell whether a sample stands in for the data on which weights were trained, as made up as its target."""
    base = subject if subject.past is None else subject.past.base
    return base.problem.title == ZEROS and "y" not in subject.edited


def targets_kind(subject: Subject) -> Kind:
    """Tell what the targets are: "values" also where no sample can be taken right, for it is made up."""
    Y, rule = subject.problem.Y, LOSSES[subject.problem.network.loss]
    if lacks_samples(subject):
        return "values"
    if is_of_classes(subject) or not len(Y):
        return "classes" if subject.classes else "values"
    if rule.probabilities is None and (are_numbers(subject) or says_little(subject)):
        return "values"
    return kind_of(Y, multilabel=rule.multilabel)


def is_of_classes(subject: Subject) -> bool:
    """Tell whether the samples are those of a data set of classes, of which nobody has changed a target."""
    return subject.data is not None and bool(subject.data.classes) and "y" not in subject.edited


def are_numbers(subject: Subject) -> bool:
    """Tell whether the targets are columns of numbers of a data set."""
    base = subject if subject.past is None else subject.past.base
    return base.data is not None and base.data.targets is not None


def says_little(subject: Subject) -> bool:
    """Tell whether a lone output has targets that are all alike, and that the file does not call classes."""
    problem = subject.problem
    return problem.labels is None and problem.Y.shape[1] == 1 and bool((problem.Y[0] == problem.Y).all())


def has_accuracy(subject: Subject) -> bool:
    """Tell whether there is a right and a wrong for a sample, as its targets and the loss have it."""
    return targets_kind(subject) != "values"


def tells_classes(subject: Subject) -> bool:
    """Tell whether the outputs are classes: by the targets or, where these are made up, by the file and the loss."""
    if not lacks_samples(subject):
        return targets_kind(subject) == "classes"
    named = subject.past is not None and bool(subject.past.info.classes)
    return named or LOSSES[subject.problem.network.loss].rivals

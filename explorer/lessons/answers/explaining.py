"""Which ways to a wrong answer fit every number of it, and too well for chance: nobody is accused on thin evidence.

A candidate must agree with all that was answered, to the digits that were written. Its evidence are the entries in
which it differs from what is right: a random number hits one of them, to these digits, with a small probability, and
different entries multiply. The more candidates are tried, the smaller the product must be.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from msgspec import Struct

from explorer.lessons.answers.agreement import SLACK, agreement, placed
from explorer.lessons.answers.answer import Answer
from explorer.lessons.answers.candidate import Array, Candidate
from explorer.lessons.answers.common import common
from explorer.lessons.answers.elsewhere import other_passes, other_samples, other_steps
from explorer.lessons.answers.known import known_mistakes, one_slope, two_mistakes
from explorer.lessons.answers.question import Question
from explorer.lessons.answers.slips import slips

CHANCE = 0.01
"""Most that a candidate which is looked at first may fit by chance; of the others, all of them together."""
ROUND = 1 + 1e-9
"""Above which the quotient of two chances is no rounding."""
ASKED = 0.02
"""The same for what many forget: it is asked about."""
EXACTLY = 0.5
"""And where the numbers are those of what many forget, and not only round to them."""
CERTAIN = 1e-3
"""Chance below which no "perhaps" is said."""
MOST = 3
"""Explanations that are told."""


class Finding(Struct, frozen=True, eq=False):
    """An explanation of every number of an answer.

    Attributes
    ----------
    words, advice
        What is wrong, what to do about it; sentences without their full stops.
    mistake
        The name of the mistake of the lab that it is, if any.
    sure
        Whether chance is all but ruled out.
    """

    words: str
    advice: str = ""
    mistake: str = ""
    sure: bool = True


def explain(question: Question, answer: Answer) -> tuple[Finding, ...]:
    """Return what may have been done to come to these numbers: what is likeliest first, nothing where nothing fits.

    Nor is anything told where a mistake is hidden in the pass: it would be named.
    """
    if question.problem.puzzle or (~answer.open).sum() == 0 or not np.isfinite(answer.values[~answer.open]).all():
        return ()
    with np.errstate(all="ignore"):
        found = [fit for group in groups(question, answer) for fit in fitting(question, answer, group)]
        return tuple(told(unfitted(found) or fitting(question, answer, pairs(question))))


def unfitted(found: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Leave a factor out that was chosen so that it fits, where something is found that was not."""
    return [(c, chance) for c, chance in found if not c.fitted] or found


def fitting(question: Question, answer: Answer, group: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Return the candidates of a group that fit, each with the chance that it does so by chance."""
    candidates = [c for c in group if not is_right(answer, c, question.true)]
    bound = CHANCE if candidates and candidates[0].kind == "common" else CHANCE / max(1, different(candidates))
    found = [(c, chance_of(question, answer, c)) for c in candidates]
    return [(c, chance) for c, chance in found if chance <= ROUND * max(bound, familiarity(answer, c))]


def familiarity(answer: Answer, candidate: Candidate) -> float:
    """Return the chance up to which a candidate is named because many go that way; 0 for others."""
    value = placed(answer, (candidate.value.shape[0], candidate.value.shape[1])) if candidate.familiar else None
    if value is None:
        return 0.0
    exact = np.abs(value.values - candidate.value) <= SLACK * np.abs(candidate.value)
    return EXACTLY if bool((exact | value.open).all()) else ASKED


def groups(question: Question, answer: Answer) -> Iterator[Sequence[Candidate]]:
    """Yield the candidates, those together of which one in all may fit by chance."""
    yield tuple(common(question, answer))
    yield from ways(question)


@lru_cache(maxsize=1)
def ways(question: Question) -> tuple[tuple[Candidate, ...], ...]:
    """Return the candidates that depend on the question alone; kept, because an answer is judged while it is typed."""
    with np.errstate(all="ignore"):
        elsewhere = chain(other_steps(question), other_passes(question), other_samples(question))
        return tuple(known_mistakes(question)), (*slips(question), *one_slope(question)), tuple(elsewhere)


@lru_cache(maxsize=1)
def pairs(question: Question) -> tuple[Candidate, ...]:
    """Return what two mistakes give, which is asked where nothing simpler fits."""
    with np.errstate(all="ignore"):
        return tuple(two_mistakes(question))


def is_right(answer: Answer, candidate: Candidate, true: Array) -> bool:
    """Tell whether a candidate is what is right, number by number, where the answer can be meant in its shape."""
    same = candidate.value.shape == true.shape and bool((candidate.value == true).all())
    return same and placed(answer, true.shape) is not None


def different(candidates: Iterable[Candidate]) -> int:
    """Return how many of them give numbers of their own."""
    return len({(c.value.shape, c.value.tobytes()) for c in candidates})


def chance_of(question: Question, answer: Answer, candidate: Candidate) -> float:
    """Return how probable it is that wrong numbers agree with a candidate by chance; 1 where they do not agree."""
    value, true = candidate.value, question.true
    meant = placed(answer, value.shape) if value.ndim == 2 else None
    if meant is None:
        return 1.0
    fits = agreement(meant, value)
    if not fits.right.all():
        return 1.0
    telling = ~meant.open & (value != 0)
    right = true if true.shape == value.shape else np.full(value.shape, np.nan)
    if true.shape == value.shape:
        telling &= ~agreement(meant, true).right
    width = np.maximum(meant.units, 2 * SLACK * np.abs(value)) * np.where(fits.cut, 2.0, 1.0)
    span = 2 * np.fmax(np.abs(value), np.abs(right))
    probable = np.minimum(1.0, width / span)[telling]
    _, firsts = np.unique(meant.values[telling], return_index=True)
    apart = np.sort(probable[firsts])[candidate.fitted :]
    return float(np.prod(apart)) if len(apart) else 1.0


def told(found: list[tuple[Candidate, float]]) -> Iterator[Finding]:
    """Yield the explanations that are told: no two of the same words, at most ``MOST``."""
    words: list[str] = []
    for candidate, chance in found:
        if candidate.words not in words and len(words) < MOST:
            words.append(candidate.words)
            yield Finding(candidate.words, candidate.advice, candidate.mistake, chance <= CERTAIN)

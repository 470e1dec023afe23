"""A person's own answer in the step card: typed or pasted, judged while it is typed, wrong entries marked.

Its names are imported when they are first asked for: a start waits for none of them.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.lessons.answers import Question
    from explorer.panels.answer.answer_card import AnswerCard

HOMES = {
    "AnswerCard": "explorer.panels.answer.answer_card",
    "Question": "explorer.lessons.answers",
}
"""Where each lives."""

__all__ = ["AnswerCard", "Question"]
__getattr__ = importer(HOMES, globals())

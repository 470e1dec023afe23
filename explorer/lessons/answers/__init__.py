"""A person's own answer to a step: read as it was typed or pasted, judged, and where it is wrong explained."""

from explorer.lessons.answers.answer import Answer, read_answer
from explorer.lessons.answers.explaining import Finding
from explorer.lessons.answers.judging import Verdict, judge, judge_text
from explorer.lessons.answers.question import Question
from explorer.lessons.answers.shapes import read_shape, read_sides

__all__ = ["Answer", "Finding", "Question", "Verdict", "judge", "judge_text", "read_answer", "read_shape", "read_sides"]

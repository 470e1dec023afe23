"""A number in groups of three digits, 39,760 or 39 760: one number where one is expected.

A comma before three digits may be a decimal one, too: what is right decides.
"""

import re

import numpy as np

from explorer.lessons.answers.agreement import Array, agreement
from explorer.lessons.answers.answer import Answer, read_answer

GROUPED = re.compile(r"\s*[+\-−–]?[1-9]\d{0,2}(?:([ ,'’\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d*)?\s*", re.ASCII)
SINGLE_COMMA = re.compile(r"[^,.]*,[^,.]*")


def read_expected(text: str, true: Array) -> Answer:
    """Read an answer where it is known what is right.

    Raises
    ------
    ExplorerError
        If it cannot be read.
    """
    grouped = GROUPED.fullmatch(text) if true.size == 1 else None
    if grouped is not None:
        whole = read_answer(text.replace(grouped[1], ""), 1)
        is_sure = not SINGLE_COMMA.fullmatch(text)
        if is_sure or agreement(whole, np.reshape(true, (1, 1))).right.all():
            return whole
    return read_answer(text, true.size)

"""A way to a wrong answer: the numbers that somebody gets who goes it, and what is to be said of them."""

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Array = NDArray[np.floating]
Kind = Literal["common", "mistake", "slip", "elsewhere"]
"""A sign, a factor or a transpose; a mistake of the lab; a slip in this operation; right numbers of another place."""


class Candidate(Struct, frozen=True, eq=False):
    """Numbers that may have been answered.

    Attributes
    ----------
    value
        As it is written, (rows, columns).
    words
        What is wrong, in one sentence without its full stop; a question keeps its mark.
    advice
        What to do about it, likewise; empty where the words say it.
    mistake
        The name of the mistake of the lab that gives these numbers, if it is one.
    fitted
        How many numbers in it were chosen so that it fits the answer: so many entries are no evidence.
    familiar
        Whether many go this way, so that little evidence is enough to name it: the mean forgotten, or a slope.
    """

    kind: Kind
    value: Array
    words: str
    advice: str = ""
    mistake: str = ""
    fitted: int = 0
    familiar: bool = False

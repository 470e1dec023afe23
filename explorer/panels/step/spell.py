"""An entry of any step in numbers: by the tables of functions, right ones and wrong ones, or as a sum of products."""

import numpy as np

from explorer.panels.step.spelling import Reading, Spelling
from explorer.panels.step.spelling_functions import FUNCTIONS
from explorer.panels.step.spelling_mistakes import WRONG_FUNCTIONS
from explorer.panels.step.spelling_sums import spell_sum

ALL = {**FUNCTIONS, **WRONG_FUNCTIONS}


def spell(reading: Reading) -> Spelling:
    """Return the entry in numbers, which a run that diverges may have left."""
    with np.errstate(all="ignore"):
        return ALL.get(reading.step.operation, spell_sum)(reading)

"""What an argument is, whatever its annotation promised: a whole number, a number."""

import numpy as np


def is_whole(value: object) -> bool:
    """Tell whether the value is a whole number; true and false are none."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """Tell whether the value is a real number; true and false are none."""
    return is_whole(value) or isinstance(value, float | np.floating)

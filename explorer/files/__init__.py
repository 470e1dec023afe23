"""The files room: what leaves the program and comes back; written whole or not at all, read with care."""

from explorer.files.about import WeightsInfo
from explorer.files.atomic import check_writable, write_atomically
from explorer.files.problem_file import save_problem
from explorer.files.reading import read_bytes
from explorer.files.weights import FORMATS, WeightsFormat, read_weights, write_weights

__all__ = [
    "FORMATS",
    "WeightsFormat",
    "WeightsInfo",
    "check_writable",
    "read_bytes",
    "read_weights",
    "save_problem",
    "write_atomically",
    "write_weights",
]

"""Files of samples that somebody else made: tables as text, IDX and NumPy files, read in steps that can be given up."""

from explorer.data import finished
from explorer.files.datasets.blocks import Progress
from explorer.files.datasets.reading import (
    Kind,
    Loaded,
    is_samples,
    kind_of_file,
    read_again,
    read_samples,
    reading,
)

__all__ = [
    "Kind",
    "Loaded",
    "Progress",
    "finished",
    "is_samples",
    "kind_of_file",
    "read_again",
    "read_samples",
    "reading",
]

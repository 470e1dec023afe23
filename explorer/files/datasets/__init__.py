"""Files of samples that somebody else made: tables as text, IDX and NumPy files, read in steps that can be given up."""

from explorer.files.datasets.blocks import Progress
from explorer.files.datasets.reading import Loaded, finished, is_samples, read_samples, reading

__all__ = ["Loaded", "Progress", "finished", "is_samples", "read_samples", "reading"]

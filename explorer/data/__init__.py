"""The data room: the built-in sets, and how a set is split into a part to train on and a part to test on."""

from explorer.data.catalogue import DATASETS, DataEntry, load_dataset
from explorer.data.dataset import DataSet
from explorer.data.split import Split, split

__all__ = ["DATASETS", "DataEntry", "DataSet", "Split", "load_dataset", "split"]

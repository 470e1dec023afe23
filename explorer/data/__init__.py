"""The data room: the built-in sets, tables on their way to samples, their preview, their scaling, their splitting."""

from explorer.data.catalogue import DATASETS, DataEntry, load_dataset
from explorer.data.choices import Choices, unique_names
from explorer.data.dataset import DataSet
from explorer.data.framing import framed
from explorer.data.preview import Preview, preview_of_data, preview_of_table
from explorer.data.scaling import Scaling, divided_by, standardising
from explorer.data.split import Split, split
from explorer.data.table import Column, Place, Table

__all__ = [
    "DATASETS",
    "Choices",
    "Column",
    "DataEntry",
    "DataSet",
    "Place",
    "Preview",
    "Scaling",
    "Split",
    "Table",
    "divided_by",
    "framed",
    "load_dataset",
    "preview_of_data",
    "preview_of_table",
    "split",
    "standardising",
    "unique_names",
]

"""The data room: the built-in sets, tables on their way to samples, their preview, their scaling, their splitting."""

from explorer.data.catalogue import BLANKS, DATASETS, SETS, DataEntry, load_dataset
from explorer.data.choices import TEST_SHARE, Choices, Fitting, unique_names
from explorer.data.dataset import DataSet
from explorer.data.framing import framed
from explorer.data.lines import Lines
from explorer.data.preview import Preview, preview_of_data, preview_of_table, previewing
from explorer.data.scaling import FITTINGS, Scaling, divided_by, standardising
from explorer.data.split import Split, split, split_rows
from explorer.data.steps import Steps, finished
from explorer.data.table import Column, Place, Table

__all__ = [
    "BLANKS",
    "DATASETS",
    "FITTINGS",
    "SETS",
    "TEST_SHARE",
    "Choices",
    "Column",
    "DataEntry",
    "DataSet",
    "Fitting",
    "Lines",
    "Place",
    "Preview",
    "Scaling",
    "Split",
    "Steps",
    "Table",
    "divided_by",
    "finished",
    "framed",
    "load_dataset",
    "preview_of_data",
    "preview_of_table",
    "previewing",
    "split",
    "split_rows",
    "standardising",
    "unique_names",
]

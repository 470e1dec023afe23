"""Whatever table is written in whatever dialect, the reader has it back, bit for bit."""

from pathlib import Path
from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from explorer.data import Choices, Table
from explorer.files.datasets import blocks, csv_table, finished
from explorer.files.datasets.csv_table import read_table
from explorer.files.datasets.plain import plain_numbers
from tests.files.datasets.tables import Entry, Written, plain_tables, tables, tables_with_words

quickly = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, choices: Choices, block: int = blocks.BLOCK) -> Table:
    """Read a file in blocks of so many bytes, so that small files have many."""
    with patch.object(blocks, "BLOCK", block):
        return finished(read_table(path, choices))


def entries(table: Table) -> list[list[Entry]]:
    """Return what a table holds, as it was before it was written."""
    return [
        [
            None if np.isnan(value) else value if column.words is None else column.words[int(value)]
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.values.tolist()
    ]


@quickly
@given(written=tables(), block=st.integers(1, 200))
def test_any_table_reads_back_equal(written: Written, block: int, tmp_path: Path) -> None:
    assume(not is_ambiguous(written))
    path = tmp_path / "t.csv"
    path.write_bytes(written.bytes())
    header, last = written.names is not None, str(len(written.rows[0]))
    table = read(path, Choices(last, header=header, separator=written.separator, decimal=written.decimal), block)
    assert entries(table) == written.rows
    if written.names is not None:
        assert list(table.names) == written.names


def is_ambiguous(written: Written) -> bool:
    """Tell whether Latin-1 letters happen to be UTF-8 as well."""
    data = written.bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return written.encoding == "latin-1" and not data.isascii()


@quickly
@given(written=plain_tables(), block=st.integers(1, 300))
def test_a_table_of_numbers_needs_no_word_about_its_dialect(written: Written, block: int, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(written.bytes())
    table = read(path, Choices(), block)
    assert entries(table) == written.rows
    assert written.names is None or list(table.names) == written.names


@quickly
@given(written=plain_tables() | tables_with_words())
def test_the_quick_way_and_the_slow_way_agree(written: Written, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(written.bytes())
    quick = read(path, Choices(), 40)
    with patch.object(csv_table, "by_plain_block", return_value=0):
        slow = read(path, Choices(), 40)
    np.testing.assert_array_equal(quick.values, slow.values)
    assert quick.columns == slow.columns


def test_the_quick_way_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1.5,-2e3\n" * 200_000)
    with patch.object(csv_table, "plain_numbers", wraps=plain_numbers) as quick:
        table = finished(read_table(path, Choices()))
    assert quick.call_count >= 5
    assert (table.values == [1.5, -2000.0]).all()
    assert [column.numbers for column in table.columns] == [200_000, 200_000]


def test_the_quick_way_beside_words_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b,y\n" + "1.5,-2e3,no\n2.5,3,yes\n" * 100_000)
    with patch.object(csv_table, "by_plain_block", wraps=csv_table.by_plain_block) as quick:
        table = finished(read_table(path, Choices()))
    assert quick.call_count >= 5
    assert table.columns[2].words == ("no", "yes")
    np.testing.assert_array_equal(table.values[-2:], [[1.5, -2000, 0], [2.5, 3, 1]])
    assert [column.numbers for column in table.columns] == [200_000, 200_000, 0]
    assert table.columns[2].texts == 200_000

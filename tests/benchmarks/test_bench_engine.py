"""The measurement runs and prints a row for every case; no clock decides over a test."""

import pytest

from tests.benchmarks import bench_engine


def test_it_runs_with_a_small_budget(capsys: pytest.CaptureFixture[str]) -> None:
    bench_engine.main(["--seconds", "0", "--rounds", "1", "--only", "floor", "trainer"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["floor", "trainer"]
    assert [line.split()[0] for line in lines[2:]] == [str(case).split()[0] for case in bench_engine.CASES]
    assert all("1.00×" in line for line in lines[2:])

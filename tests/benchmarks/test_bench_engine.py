"""The measurement runs and prints a row for every case and number of threads; no clock decides over a test."""

import pytest

from tests.benchmarks import bench_engine


def test_it_runs_with_a_small_budget(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    small = bench_engine.CASES[:3]
    monkeypatch.setattr(bench_engine, "CASES", small)
    bench_engine.main(["--seconds", "0", "--rounds", "1", "--only", "floor", "trainer", "--threads", "1", "2"])
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("NumPy")
    for count, table in ((1, lines[:5]), (2, lines[5:])):
        assert table[0].endswith(f"threads: {count}")
        assert table[1].split() == ["floor", "trainer"]
        assert [line.split()[0] for line in table[2:]] == [str(case).split()[0] for case in small]
        assert all("1.00×" in line for line in table[2:])

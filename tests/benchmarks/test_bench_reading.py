"""The measurement of reading beside the window runs, on a small table."""

import pytest

from tests.benchmarks import bench_reading


def test_it_runs_on_a_small_table(capsys: pytest.CaptureFixture[str]) -> None:
    bench_reading.main(["--megabytes", "1", "--pace", "0.02"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0].split(" after")[0] for line in lines[1:]] == [
        "at rest",
        "given up",
        "given up",
        "given up",
        "read",
        "another target",
        "target and scaling",
        "scaled and opened",
        "trained",
        "left",
    ]

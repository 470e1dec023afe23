"""The measurement of training in the live window runs, and a soak's slope is that after its first minute."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks import bench_live


def test_it_runs_with_a_small_budget(look: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    bench_live.main(["--rounds", "1", "--seconds", "0.2", "--only", "2-8-2"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "2-8-2, batch 16, 1 rounds"
    assert len(lines) == 8


def test_the_slope_leaves_the_first_minute_out() -> None:
    memory, lateness = bench_live.slope([(90.0, 9.0, 50.0), (100.0, 4.0, 9.0), (102.0, 4.5, 9.0), (104.0, 5.0, 9.0)])
    assert memory == pytest.approx(2)
    assert lateness == pytest.approx(0.5)

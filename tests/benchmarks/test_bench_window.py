"""The measurement of the window runs; 2,000 step changes leave nothing behind; a step leaves resting edges alone."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks import bench_window


def test_it_runs_with_a_small_budget(look: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    bench_window.main(["--changes", "8", "--growth", "20", "--only", "2-8-2"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[1:]].count("") == 14
    assert sum("step change, the drawing" in line for line in lines) == 2


def test_steps_leave_nothing_behind(look: QApplication) -> None:
    early, late = bench_window.growth(100)
    assert late["items"] == early["items"]
    assert late["qobjects"] <= 1.02 * early["qobjects"]
    assert late["objects"] <= 1.02 * early["objects"]


def test_the_drawing_of_a_step_takes_no_longer_than_a_frame(look: QApplication) -> None:
    with bench_window.opened((64, 32, 10), training=False) as window:
        times = bench_window.drawing_changes(window, 20)
    assert sorted(times)[10] < 33

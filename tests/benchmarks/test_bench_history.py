"""Ten million steps of history take at most 64 MB, counted without the clock; the measurement itself runs."""

import tracemalloc

import pytest

from tests.benchmarks import bench_history


def test_it_runs_with_a_small_budget(capsys: pytest.CaptureFixture[str]) -> None:
    bench_history.main(["--steps", "20000", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[1:]] == [
        "20,000 steps",
        "a frame's 1,255 points",
        "plain",
        "smoothed",
        "logarithmic",
        "zoomed",
        "pointer",
        "a copy until the middle",
    ]


def test_a_million_steps_take_a_tenth_of_what_ten_may_take_and_few_points() -> None:
    tracemalloc.start()
    history = bench_history.grown(1_000_000)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert highest <= bench_history.MOST_BYTES / 10
    assert history.nbytes <= highest
    assert bench_history.read(history) <= 2 * 1024 + 60 + 4 * 400

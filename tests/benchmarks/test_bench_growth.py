"""The measurement of growth runs; memory is parameters, gradients, data and the arrays of a minibatch, nothing else."""

import pytest

from tests.benchmarks import bench_growth
from tests.benchmarks.bench_engine import Case


def test_it_runs_with_a_small_budget(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_growth, "WIDTHS", bench_growth.WIDTHS[:2])
    monkeypatch.setattr(bench_growth, "DEPTHS", bench_growth.DEPTHS[:3])
    monkeypatch.setattr(bench_growth, "HELD", bench_growth.HELD[:1])
    bench_growth.main(["--seconds", "0", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [
        *("width", "64-64-10/32", "64-128-10/32"),
        *("depth", "64-64-10/32", "64-64-64-10/32", "64-4x64-10/32"),
        *("memory", "784-128-10/128"),
    ]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_trainer_holds_what_it_must_and_little_more(dtype: str) -> None:
    held, kinds = bench_growth.traced(Case((784, 512, 10), 128, dtype))
    assert sum(kinds.values()) <= held <= 1.05 * sum(kinds.values())

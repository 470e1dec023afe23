"""What is read at a step: exact where each step is drawn, the extremes of its bucket elsewhere, further runs too."""

import numpy as np
import pytest

from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import ACCURACY, LOSS, PlotKind
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.range_words import FORMS, Spread, range_texts
from explorer.panels.training.reading import Reading, read_at, read_overlays
from explorer.session import Evaluation, History

WHOLE, SMOOTH = PlotView(), PlotView(smoothing=0.9)
NAN = float("nan")


def history(steps: int, every: int = 50, test: float = 1.5) -> History:
    made = History()
    made.extend(np.arange(1, steps + 1, dtype=np.float32))
    for step in range(0, steps + 1, every):
        made.add(Evaluation(step, float(step), 0.5, test * step, 0.25))
    return made


def read(step: int, kind: PlotKind, made: History, view: PlotView = WHOLE) -> Reading:
    return read_at(step, kind, made, view, kind.points(made, view))


def test_a_short_run_is_read_exactly() -> None:
    made = read(137, LOSS, history(500))
    assert made.title == "step 137"
    assert [(row.name, row.words) for row in made.rows] == [
        ("batch", "137.00"),
        ("train", "150.00"),
        ("test", "225.00"),
    ]
    assert made.note == "measured at 150"
    assert made.rows[0].place == (137.0, 137.0)
    assert made.spoken == "step 137, batch 137.00, train 150.00, test 225.00, measured at 150"


def test_a_long_run_is_read_as_it_is_drawn() -> None:
    made = read(1000, LOSS, history(5000))
    assert made.title == "step 1,000"
    assert made.rows[0].words == "993.00–1000.0 of 8 steps"
    assert made.rows[0].place is None
    assert made.note == ""


def test_a_part_of_a_long_run_is_read_exactly_again() -> None:
    made = read(1000, LOSS, history(5000), PlotView(span=(900, 1100)))
    assert (made.title, made.rows[0].words) == ("step 1,000", "1000.0")


def test_the_newest_bucket_ends_with_the_newest_step() -> None:
    made = read(5003, LOSS, history(5003))
    assert (made.title, made.rows[0].words) == ("step 5,003", "5001.0–5003.0 of 3 steps")


def test_both_plots_tell_one_step_where_one_is_drawn() -> None:
    long = history(5000, every=300)
    for step, told, note in ((1195, "step 1,200", ""), (1199, "step 1,200", ""), (1100, "step 1,100", "1,200")):
        readings = [read(step, kind, long) for kind in (LOSS, ACCURACY)]
        assert [made.title for made in readings] == [told] * 2
        assert {made.note for made in readings} == {note and f"measured at {note}"}


def test_what_is_not_drawn_yet_has_no_smoothed_value() -> None:
    made = History()
    made.add(Evaluation(0, 0.7, 0.5, 0.8, 0.5))
    reading = read_at(0, LOSS, made, SMOOTH, {})
    assert [(row.name, row.smooth) for row in reading.rows] == [("train", ""), ("test", "")]


def test_a_smoothed_curve_is_read_besides() -> None:
    made = read(300, LOSS, history(500), SMOOTH)
    x, y = LOSS.points(history(500), SMOOTH)["minibatch"]
    assert made.rows[0].smooth == f"smooth {float(y[x == 300][0]):.2f}"
    assert all(row.smooth for row in made.rows)


def test_before_the_first_update_there_is_no_minibatch() -> None:
    assert [row.name for row in read(0, LOSS, history(100)).rows] == ["train", "test"]


def test_without_held_out_samples_there_is_no_row_for_them() -> None:
    assert [row.name for row in read(10, LOSS, history(100, test=NAN)).rows] == ["batch", "train"]


def test_beyond_the_run_nothing_is_read() -> None:
    assert read(700, LOSS, history(500)).rows == ()


def test_further_runs_are_read_as_far_as_they_go() -> None:
    overlays = (Overlay("long", "#111111", history(500)), Overlay("short", "#222222", history(100)))
    assert [(row.name, row.words) for row in read_overlays(90, LOSS, overlays)] == [
        ("long", "100.00, test 150.00"),
        ("short", "100.00, test 150.00"),
    ]
    assert [row.name for row in read_overlays(300, LOSS, overlays)] == ["long"]
    only = read_overlays(100, LOSS, (Overlay("alone", "#333333", history(100, test=NAN)),))
    assert only[0].words == "100.00"


def test_a_range_is_summed_up_for_each_curve() -> None:
    loss, accuracy = (kind.spreads(history(500), (100, 200)) for kind in (LOSS, ACCURACY))
    assert loss[0] == Spread("minibatch", 100.0, 150.0, 200.0)
    assert [each.name for each in loss] == ["minibatch", "test", "train"]
    assert accuracy[0] == Spread("test", 0.25, 0.25, 0.25)
    assert [each.name for each in accuracy] == ["test", "train"]


def test_a_range_beyond_the_run_holds_nothing() -> None:
    assert LOSS.spreads(history(100), (200, 300)) == ()
    assert ACCURACY.spreads(history(100), (200, 300)) == ()


def test_the_mean_of_a_range_is_that_of_its_steps_and_not_of_what_was_measured() -> None:
    measured = History()
    measured.extend(np.ones(1000, np.float32))
    for step, loss in [*((step, 1.0) for step in range(10)), (10, 0.0), (1000, 0.0)]:
        measured.add(Evaluation(step, loss, 0.5, NAN, NAN))
    train = next(each for each in LOSS.spreads(measured, (0, 1000)) if each.name == "train")
    assert train.mean == pytest.approx(9.5 / 1000)
    alone = next(each for each in LOSS.spreads(measured, (9, 9)) if each.name == "train")
    assert (alone.least, alone.mean, alone.most) == (1.0, 1.0, 1.0)


def test_what_a_range_holds_is_shortened_but_train_and_test_stay() -> None:
    spreads = (Spread("minibatch", 0.1, 0.2, 0.3), Spread("test", 0.4, 0.5, 0.6), Spread("train", 0.7, 0.8, 0.9))
    long, *_, short = (range_texts(spreads, form) for form in FORMS)
    assert long == {"train": "mean train 0.800", "test": "test 0.500", "minibatch": "0.200 (0.100–0.300)"}
    assert short == {"train": "mean train 0.80", "test": "test 0.50"}
    assert range_texts(spreads[:1], FORMS[-1]) == {"minibatch": "mean 0.20 (0.10–0.30)"}

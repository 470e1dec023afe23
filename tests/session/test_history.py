"""What is measured along the way: it stays even, its ends stay, and what the run went back from is dropped."""

import numpy as np

from explorer.session.history import MAX_EVALUATIONS, Evaluation, History


def test_an_evaluation_at_the_same_step_replaces_the_last() -> None:
    history = History()
    history.add(Evaluation(0, 2.0, 0.1, 2.1, 0.1))
    history.add(Evaluation(0, 1.0, 0.2, 1.1, 0.2))
    assert [e.train_loss for e in history.evaluations] == [1.0]


def test_evaluations_stay_few_and_keep_their_ends() -> None:
    history = History()
    for step in range(3 * MAX_EVALUATIONS):
        history.add(Evaluation(step, 1.0, 0.5, 1.0, 0.5))
    assert len(history.evaluations) <= MAX_EVALUATIONS
    steps, _ = history.curve("train_loss")
    assert steps[0] == 0
    assert steps[-1] == 3 * MAX_EVALUATIONS - 1
    assert np.all(np.diff(steps) > 0)


def test_an_evaluation_of_an_earlier_step_drops_what_came_after_it() -> None:
    history = History()
    for step in (0, 26, 28, 26):
        history.add(Evaluation(step, float(step), 0.5, 1.0, 0.5))
    assert [e.step for e in history.evaluations] == [0, 26]


def test_twelve_minutes_of_evaluations_lie_evenly_over_the_run() -> None:
    history, seconds = History(), 12 * 60
    early = [round(1.1**power) for power in range(8, 80)]
    late = [round(2500 + tick * 11_000 / 30) for tick in range(1, 30 * seconds)]
    for step in (0, *early, *late):
        history.add(Evaluation(step, 1 / (step + 1), 0.5, 1.0, 0.5))
        assert len(history.evaluations) <= MAX_EVALUATIONS
        assert history.evaluations[-1].step == step
    steps = np.array([e.step for e in history.evaluations])
    gaps = np.diff(steps)[:-1]
    assert steps[0] == 0
    assert len(steps) > MAX_EVALUATIONS / 3
    assert gaps.max() < 3 * np.median(gaps)
    drawn, _ = history.curve("train_loss", 400)
    assert np.abs(drawn - np.linspace(0, steps[-1], 400)).max() < 0.01 * steps[-1]


def test_a_part_of_a_curve_reaches_beyond_both_ends() -> None:
    made = History()
    for step in range(0, 100, 10):
        made.add(Evaluation(step, float(step), 0.0, 0.0, 0.0))
    assert made.curve("train_loss", first=35, last=50)[0].tolist() == [30, 40, 50]
    assert made.curve("train_loss", first=95)[0].tolist() == [90]
    assert made.curve("train_loss", last=35)[0].tolist() == [0, 10, 20, 30, 40]


def test_the_nearest_evaluation_is_found() -> None:
    made = History()
    assert made.nearest(3) is None
    for step in (0, 10, 20):
        made.add(Evaluation(step, float(step), 0.0, 0.0, 0.0))
    found = [made.nearest(step) for step in (-5, 4, 5, 6, 99)]
    assert [evaluation.step for evaluation in found if evaluation] == [0, 0, 0, 10, 20]

"""The pictures of learning as numbers: held to the tape, to counting by hand, and to their bounds."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import Scaling, load_dataset
from explorer.engine import Network
from explorer.engine.initialisers import Init
from explorer.session import Session, Settings, Subject
from explorer.session.opening import open_named
from explorer.session.pictures.confusion import confusion, has_classes
from explorer.session.pictures.flow import MOST_MEASUREMENTS, FlowLog, flow, idle_units, verdict
from explorer.session.pictures.insides import first_weights, histogram, histograms, space, warped_layer
from explorer.session.pictures.regions import (
    Frame,
    Unit,
    as_shares,
    certainty,
    chosen_unit,
    fit,
    frame_of,
    has_line,
    has_plane,
    in_units,
    regions,
)
from explorer.session.pictures.signals import array_of, evenly, finished, piece_length, pieces, signals
from explorer.tape.numbers import shown
from explorer.tape.record import record


def subject_of(name: str, hidden: tuple[int, ...] = (8,), activation: str = "tanh") -> Subject:
    return Subject.of_data(load_dataset(name), Settings(hidden, activation, 0.1, 16, 1))


@pytest.mark.parametrize("name", ["net-s", "homework-10-5-10", "dead-relu", "mazur"])
def test_signals_are_those_of_the_tape(name: str) -> None:
    subject, _ = open_named(name)
    problem = subject.problem
    tape = record(problem)
    passed = signals(problem.network, problem.X, problem.Y)
    scale = problem.samples if problem.objective.reduction == "sum" else 1
    for layer in range(1, problem.network.depth + 1):
        np.testing.assert_allclose(scale * passed.deltas[layer - 1], tape.value(f"dJ/dz{layer}"), rtol=1e-12)
    for layer in range(1, problem.network.depth):
        np.testing.assert_allclose(passed.values[layer - 1], tape.value(f"h{layer}"), rtol=1e-12)
        np.testing.assert_allclose(scale * passed.arriving[layer - 1], tape.value(f"dJ/dh{layer}"), rtol=1e-12)
        np.testing.assert_allclose(array_of(problem.network, problem.X, "z", layer), tape.value(f"z{layer}"))


def test_work_comes_in_pieces_that_cover_every_sample() -> None:
    network = Network.random((784, 512, 10))
    assert piece_length(network) * network.theta.size <= 4_000_000
    covered = np.concatenate([np.arange(100)[piece] for piece in pieces(100, network)])
    np.testing.assert_array_equal(covered, np.arange(100))
    assert evenly(10, 3).tolist() == [0, 4, 9]
    assert len(evenly(5, 100)) == 5


def test_the_confusion_matrix_counts_each_sample_once() -> None:
    subject = subject_of("digits")
    found = finished(confusion(subject, subject.problem.network, "test", 10_000))
    outputs = subject.problem.network.predict_proba(subject.test_X)
    assert found.counts.sum() == len(subject.test_X)
    assert found.accuracy == (outputs.argmax(axis=1) == subject.test_Y.argmax(axis=1)).mean()
    assert sorted(np.concatenate([found.members(i, j) for i in range(10) for j in range(10)])) == list(
        range(len(subject.test_X))
    )
    for row in found.members(3, int(found.counts[3].argmax())):
        assert subject.test_Y[row].argmax() == 3


def test_precision_and_recall_are_by_column_and_by_row() -> None:
    subject, _ = open_named("net-s")
    network = Network((2, 2), ("identity",))
    problem_X = np.array([[1.0, 0], [0, 1], [0, 1], [0, 1]])
    Y = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])
    network.layers[0].weights[...] = np.eye(2)
    given = replace(subject, problem=replace(subject.problem, network=network, X=problem_X, Y=Y, labels=None))
    found = finished(confusion(given, network, "train", 100))
    assert found.counts.tolist() == [[1, 1], [0, 2]]
    assert found.precision.tolist() == [1, 2 / 3]
    assert found.recall.tolist() == [0.5, 1]
    assert found.names == ("0", "1")


def test_a_class_that_never_occurs_has_no_recall() -> None:
    subject, _ = open_named("net-s")
    found = finished(confusion(subject, subject.problem.network, "train", 100))
    assert np.isnan(found.recall[0])
    assert found.recall[1] in (0, 1)


def test_regions_say_what_the_network_says_there() -> None:
    subject = subject_of("moons")
    network = subject.problem.network
    found = finished(regions(subject, network, 20, None))
    grid = found.frame.grid(20)
    np.testing.assert_allclose(found.values.reshape(-1, 2), network.predict_proba(grid), rtol=1e-12)
    assert grid[0, 1] > grid[-1, 1]
    assert grid[0, 0] < grid[1, 0]
    for X, _ in subject.parts:
        assert (X[:, 0] > found.frame.left).all()
        assert (X[:, 1] < found.frame.top).all()


def test_any_unit_has_its_own_picture() -> None:
    subject = subject_of("moons")
    network = subject.problem.network
    found = finished(regions(subject, network, 10, Unit("h", 1, 3)))
    expected = np.tanh(found.frame.grid(10) @ network.layers[0].weights + network.layers[0].bias)[:, 3]
    np.testing.assert_allclose(found.values.ravel(), expected, rtol=1e-12)
    assert found.extremes == (found.values.min(), found.values.max())
    assert Unit("h", 1, 3).title == "h1[4]"


@pytest.mark.parametrize(
    ("name", "index", "unit"),
    [
        ("h1", (0, 2), Unit("h", 1, 2)),
        ("dJ/dz1", (0, 1), Unit("z", 1, 1)),
        ("W2", (3, 1), Unit("z", 2, 1)),
        ("b1", (4,), Unit("z", 1, 4)),
        ("p", (0, 1), None),
        ("x", (0, 1), None),
        ("J", (), None),
    ],
)
def test_the_selected_cell_chooses_the_unit(name: str, index: tuple[int, ...], unit: Unit | None) -> None:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    session = Session(subject_of("moons"), settings)
    session.select((name, index))
    assert chosen_unit(session.state) == unit


def test_shares_are_certain_or_even() -> None:
    shares = as_shares(np.array([[1.0, 0, 0], [1, 1, 1], [np.nan, 0, 0], [3, -2, 0]]))
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    np.testing.assert_allclose(certainty(shares), [1, 0, 0, 1])


def test_a_frame_holds_points_that_do_not_differ() -> None:
    frame = frame_of(np.array([[2.0, 3.0]]))
    assert (frame.left, frame.right, frame.bottom, frame.top) == (1, 3, 2, 4)


def test_regression_has_a_curve_and_no_classes() -> None:
    subject = subject_of("sine")
    assert has_line(subject)
    assert not has_classes(subject)
    assert not has_plane(subject)
    found = finished(fit(subject, subject.problem.network, points=50))
    np.testing.assert_allclose(found.y, subject.problem.network.forward(found.x[:, None])[:, 0], rtol=1e-12)


def test_the_factors_of_the_flow_multiply_to_its_loss() -> None:
    subject = subject_of("moons", (8, 8, 8), "sigmoid")
    found = flow(subject.problem.network, subject.problem.X, subject.problem.Y, 7)
    assert found.step == 7
    together = np.prod(found.by_weights) * np.prod(found.by_slopes)
    np.testing.assert_allclose(together, found.deltas[0] / found.deltas[-1], rtol=1e-12)
    assert "shrinks" in verdict(found)
    assert verdict(found).index("σ′") < verdict(found).index("Wᵀ")


def test_the_verdict_names_small_weights_where_they_did_it() -> None:
    subject = subject_of("moons", (8, 8), "tanh")
    network = subject.problem.network.copy()
    network.parameters["W3"] *= 1e-3
    said = verdict(flow(network, subject.problem.X, subject.problem.Y, 0))
    assert said.index("Wᵀ") < said.index("σ′")


def test_a_flow_that_ends_or_keeps_its_size_is_told() -> None:
    subject = subject_of("moons", (8,), "relu")
    network = subject.problem.network.copy()
    problem = subject.problem
    assert "keeps its size" in verdict(flow(network, problem.X, problem.Y, 0))
    network.layers[0].bias[...] = -1e6
    found = flow(network, problem.X, problem.Y, 0)
    assert verdict(found) == "No gradient reaches ∂J/∂z1: in layer 1 σ′ is 0 on every sample."
    assert idle_units(found) == "layer 1: 8 of 8 dead"
    flat = Network((2, 2), ("identity",))
    assert verdict(flow(flat, problem.X, problem.Y, 0)).startswith("One layer")


def test_saturated_units_are_counted() -> None:
    subject = subject_of("moons", (8,), "sigmoid")
    network, problem = subject.problem.network.copy(), subject.problem
    assert idle_units(flow(network, problem.X, problem.Y, 0)) == ""
    network.layers[0].bias[:3] = 1e3
    assert idle_units(flow(network, problem.X, problem.Y, 0)) == "layer 1: 3 of 8 saturated"


def test_the_log_of_flows_stays_short_and_in_order() -> None:
    subject = subject_of("xor")
    problem, log = subject.problem, FlowLog()
    measured = flow(problem.network, problem.X, problem.Y, 0)
    for step in range(3 * MOST_MEASUREMENTS):
        log.add(1, replace(measured, step=step))
    steps, values = log.curve("weights", 1)
    assert len(steps) <= MOST_MEASUREMENTS
    assert (steps[0], steps[-1]) == (0, 3 * MOST_MEASUREMENTS - 1)
    assert (np.diff(steps) > 0).all()
    assert values[0] == measured.weights[0]
    log.add(1, replace(measured, step=40))
    assert log.curve("weights", 1)[0][-1] == 3 * MOST_MEASUREMENTS - 1
    log.add(2, replace(measured, step=40))
    assert log.curve("weights", 1)[0][-1] == 40
    log.add(3, replace(measured, step=0))
    assert log.curve("weights", 1)[0].tolist() == [0]


def test_histograms_count_every_finite_number() -> None:
    found = histogram(np.array([0.0, 1, 1, np.nan, np.inf]))
    assert (found.low, found.high, found.counts.sum(), found.lost) == (0, 1, 3, 2)
    assert histogram(np.ones(5)).counts.sum() == 5
    assert histogram(np.array([np.nan])).lost == 1
    assert 40_000 <= histogram(np.random.default_rng(0).random((784, 512))).counts.sum() <= 50_000
    subject = subject_of("moons", (8, 8))
    layers = finished(histograms(subject, subject.problem.network))
    assert [layer.weights.counts.sum() for layer in layers] == [16, 64, 16]
    assert [layer.gradients.counts.sum() for layer in layers] == [16, 64, 16]


def test_first_weights_are_images_of_the_units() -> None:
    subject = subject_of("digits")
    images = first_weights(subject, subject.problem.network)
    assert images.shape == (8, 8, 8)
    np.testing.assert_array_equal(images[3].ravel(), subject.problem.network.layers[0].weights[:, 3])


def test_the_grid_is_warped_as_the_network_does_it() -> None:
    subject = subject_of("moons", (8, 2))
    network = subject.problem.network
    assert warped_layer(network) == 2
    assert warped_layer(Network.random((2, 8, 2))) == 1
    assert warped_layer(Network.random((2, 2, 8, 2)), 2) == 2
    assert warped_layer(Network.random((2, 1, 2))) == 0
    found = finished(space(subject, network, 50))
    assert found.layer == 2
    np.testing.assert_allclose(found.train[0], array_of(network, subject.problem.X[:1], "h", 2)[0], rtol=1e-12)
    assert len(found.train) == 50
    assert np.abs(found.lines).max() <= 1


def test_a_wider_layer_is_seen_from_its_two_principal_directions() -> None:
    subject = subject_of("moons", (8,))
    network = subject.problem.network
    found = finished(space(subject, network, 500))
    values = array_of(network, subject.problem.X, "h", 1)
    variances = np.linalg.eigvalsh(np.cov(values.T))
    assert found.layer == 1
    assert found.axes[0] == "1st principal component of h1"
    assert found.share == pytest.approx(variances[-2:].sum() / variances.sum())
    np.testing.assert_allclose(found.train.var(axis=0, ddof=1), variances[:-3:-1])
    again = finished(space(subject, network, 500))
    np.testing.assert_array_equal(again.lines, found.lines)


def test_the_axes_are_in_the_units_of_the_data() -> None:
    subject = subject_of("moons", (4,))
    scaling = Scaling(np.array([10.0, -1.0]), np.array([2.0, 0.5]), "as is")
    frame = in_units(Frame(-1.0, 1.0, 0.0, 2.0), replace(subject, inputs=scaling))
    assert frame == Frame(8.0, 12.0, -1.0, 0.0)
    sine = subject_of("sine", (4,))
    lifted = replace(sine, targets=Scaling(np.array([5.0]), np.array([10.0]), "as is"))
    assert in_units(Frame(-1.0, 1.0, 0.0, 2.0), lifted) == Frame(-1.0, 1.0, 5.0, 25.0)


@pytest.mark.parametrize(
    ("activation", "scheme", "scale", "factor"),
    [("sigmoid", "xavier_uniform", None, "σ′"), ("tanh", "normal", 0.05, "Wᵀ")],
)
def test_a_vanishing_gradient_names_the_factor_that_shrank_it(
    activation: str, scheme: str, scale: float | None, factor: str
) -> None:
    subject = subject_of("moons", (8, 8, 8, 8), activation)
    network = subject.problem.network.copy()
    network.draw(Init(scheme, 0) if scale is None else Init(scheme, 0, scale=scale))
    measured = flow(network, subject.problem.X, subject.problem.Y, 0)
    products = {"σ′": measured.by_slopes.prod(), "Wᵀ": measured.by_weights.prod()}
    said = verdict(measured)
    assert min(products, key=lambda each: float(products[each])) == factor
    assert f"from ∂J/∂z5 to ∂J/∂z1: by {factor} (×{shown(float(products[factor]), 2)}" in said

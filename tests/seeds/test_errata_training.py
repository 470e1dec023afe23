"""The mistakes E11 to E16 of write-ups 003 and 004: the printed form shown wrong, the corrected form right."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients, load_problem, record
from explorer.engine import Problem, Update
from explorer.engine.metrics import accuracy
from explorer.tape import Tape
from explorer.tape.checking.gradcheck import check_entry
from explorer.tape.entries import entry
from tests.seeds.nets import (
    Array,
    drawn,
    draws,
    equal,
    passing_on,
    perceptron,
    softmax_jacobian,
    square_problem,
    tape_of_logits,
)

SIGNS = np.array([[1.0, -1], [-1, 1]])
PRINTED = (
    {"z": 0.0, "dz": 0.25, "p": 0.5, "J": 0.6931471805599453},
    {"z": -0.5, "dz": 0.36552928931500245, "p": 0.2689414213699951, "J": 1.3132616875182228},
    {"z": -1.2310585786300048, "dz": 0.4607215258300578, "p": 0.07855694833988437, "J": 2.5439314606511503},
    {"z": -2.1525016302901205, "dz": 0.4933395015731363, "p": 0.013320996853727436, "J": 4.318413777801756},
    {"z": -3.139180633436393, "dz": 0.4990635207208549, "p": 0.0018729585582901273, "J": 6.280235981611134},
    {"z": -4.1373076748781035, "dz": 0.4998725794345914, "p": 0.00025484113081715085, "J": 8.274870223364543},
)
"""Entry (1, 1) of the trace, iterations 0 and 1 as printed, 2 to 5 as its rule goes on; J is not printed."""


@pytest.mark.parametrize("iteration", range(6))
def test_e11_003_16_the_sign_of_the_printed_trace(iteration: int) -> None:
    """E11, 003.16: the printed dz is -dJ/dz at the printed z; the program and central differences say so."""
    given = PRINTED[iteration]
    problem = replace(passing_on(given["z"] * SIGNS, np.eye(2)), update=Update(learning_rate=1.0))
    tape = record(problem)
    equal(-tape["dJ/dz1"].value[0, 0], given["dz"], rtol=1e-13)
    equal(tape["p"].value[0, 0], given["p"], rtol=1e-13)
    assert tape.loss == pytest.approx(given["J"], rel=1e-13)
    assert check_entry(problem, "dJ/dz1", (0, 0)).numeric == pytest.approx(-given["dz"], rel=1e-8)


def test_e11_003_16_the_printed_run_climbs_and_the_corrected_one_falls() -> None:
    """E11, 003.16: J .693147 -> 1.313262 printed; corrected .474077, and .313262 with a bias for each sample."""
    climb = [line["J"] for line in PRINTED]
    assert climb == sorted(climb)
    assert climb[:2] == pytest.approx([math.log(2), 1.313262], abs=5e-7)
    fall = [record(load_problem("trace-003"), after=k).loss for k in range(6)]
    assert fall == sorted(fall, reverse=True)
    assert fall[:2] == pytest.approx([math.log(2), 0.474077], abs=5e-7)
    per_sample = record(passing_on(0.5 * SIGNS, np.eye(2)))
    assert per_sample.loss == pytest.approx(0.313262, abs=5e-7)
    assert per_sample["dJ/dz1"].value[0, 0] == pytest.approx(-0.134471, abs=5e-7)
    assert per_sample["p"].value[0, 0] == pytest.approx(0.731059, abs=5e-7)


def test_e12_003_16_a_bias_belongs_to_a_unit_and_not_to_a_sample() -> None:
    """E12, 003.16: db is dz summed over the samples, here 0; as printed, (2, 2), it makes b (2, 2) or is refused."""
    tape = record(load_problem("trace-003"))
    assert tape["dJ/db1"].shape == tape.given["b1"].shape == (2,)
    equal(tape["dJ/db1"].value, tape["dJ/dz1"].value.sum(axis=0))
    equal(tape["dJ/db1"].value, [0, 0])
    db, b = -tape["dJ/dz1"].value, np.zeros(2)
    assert (b - 1.0 * db).shape == (2, 2)
    with pytest.raises(ValueError, match="broadcast"):
        b -= 1.0 * db
    for rng in draws(5):
        assert check_gradients(perceptron(rng, samples=4))["dJ/db1"].passed


def test_e13_003_16_db_is_printed_twice() -> None:
    """E13, 003.16: iteration 0 prints z dz p dW db db; a tape writes each of them once, in every iteration."""
    printed = ("z dz p dW db db", "z dz p dW db")
    assert [line.split().count("db") for line in printed] == [2, 1]
    for iteration in (0, 1):
        ids = [step.id for step in record(load_problem("trace-003"), after=iteration).steps]
        assert [ids.count(name) for name in ("z1", "dJ/dz1", "p", "dJ/dW1", "dJ/db1")] == [1] * 5


def without_the_sum(z: Array) -> Array:
    """Return line 2 of 004.(11): (delta_kl exp(z_k) - exp(z_k) exp(z_l))/(sum_r exp(z_r))^2."""
    e = np.exp(z)
    printed: Array = (np.diag(e) - np.outer(e, e)) / e.sum() ** 2
    return printed


def test_e14_004_11_a_sum_is_missing_in_the_quotient_rule() -> None:
    """E14, 004.(11): right beside the diagonal, wrong on it, unless the sum happens to be 1."""
    z = np.array([0.2, -1, 0.5])
    assert np.diag(without_the_sum(z)) == pytest.approx([-0.026, 0.022, -0.102], abs=5e-4)
    assert np.diag(softmax_jacobian(z)) == pytest.approx([0.235, 0.101, 0.250], abs=5e-4)
    for rng in draws():
        z = rng.normal(0, 1.5, 4)
        p, J = tape_of_logits(z, np.eye(4)[0])["p"].value[0], softmax_jacobian(z)
        e, S = np.exp(z), np.exp(z).sum()
        equal((np.diag(e) * S - np.outer(e, e)) / S**2, J)
        equal(p[:, None] * (np.eye(4) - p), J)
        assert abs(np.diag(without_the_sum(z) - J)).max() > 1e-3
        assert abs(without_the_sum(z).sum(axis=1)).max() > 1e-3
        equal(J.sum(axis=1), np.zeros(4))
        equal(without_the_sum(np.log(p)), J)
    assert without_the_sum(np.zeros(2))[0, 0] == 0
    assert softmax_jacobian(np.zeros(2))[0, 0] == 0.25


def printed_layout(tape: Tape) -> dict[str, Array]:
    """Return 004.(23) as printed: (y - t)^T h for V, and [(y - t) V^T o h o (1 - h)]^T x for W."""
    h, delta = tape["h1"].value, tape["dJ/dz2"].value
    hidden = delta @ tape["dz2/dh1"].value * h * (1 - h)
    return {"W2": delta.T @ h, "W1": hidden.T @ tape.given["x"], "b2": delta[0], "b1": hidden[0]}


def test_e15_004_23_printed_matrices_are_transposes() -> None:
    """E15, 004.(23): dL/dV and dL/dW have the shapes of V^T and W^T; dL/dd and dL/db are right."""
    for rng in draws():
        tape = record(perceptron(rng))
        printed = printed_layout(tape)
        h, delta = tape["h1"].value, tape["dJ/dz2"].value
        hidden = delta @ tape["dz2/dh1"].value * h * (1 - h)
        equal(h.T @ delta, tape["dJ/dW2"].value)
        equal(tape.given["x"].T @ hidden, tape["dJ/dW1"].value)
        for name, matrix in printed.items():
            equal(matrix.T, tape[f"dJ/d{name}"].value)
            assert tape[f"dJ/d{name}"].shape == tape.given[name].shape


@pytest.mark.parametrize(("H", "C", "outcome"), [(3, 4, "raises"), (1, 4, "broadcasts"), (3, 3, "is silently wrong")])
def test_e15_004_23_an_update_with_the_printed_layout(H: int, C: int, outcome: str) -> None:
    """E15, 004.(23): V - eta G raises, broadcasts to another shape, or goes through with wrong numbers."""
    tape = record(drawn(np.random.default_rng(3), (2, H, C), ("sigmoid", "identity")))
    V, G = tape.given["W2"], printed_layout(tape)["W2"]
    if outcome == "raises":
        with pytest.raises(ValueError, match="broadcast"):
            _ = V - 0.1 * G
    elif outcome == "broadcasts":
        assert (V - 0.1 * G).shape == (C, C) != V.shape
    else:
        assert (V - 0.1 * G).shape == V.shape
        assert abs(V - 0.1 * G - tape["W2+"].value).max() > 1e-3


def test_e15_004_23_net_s_has_the_wrong_number_in_place() -> None:
    """E15, 004.(23): of net S the printed layout puts -.355624 at (1, 2) of dL/dW, where .059581 belongs."""
    tape = record(load_problem("net-s"))
    assert printed_layout(tape)["W1"][0, 1] == pytest.approx(-0.355624, abs=5e-7)
    assert tape["dJ/dW1"].value[0, 1] == pytest.approx(0.059581, abs=5e-7)


def trained(problem: Problem, *, printed: bool, steps: int = 300) -> tuple[float, float]:
    """Return J and the accuracy after training by whole batches, the matrices laid out as printed or right."""
    network = problem.network.copy()
    for _ in range(steps):
        tape = record(problem.with_network(network))
        for name, array in network.parameters.items():
            gradient = tape[f"dJ/d{name}"].value
            array[...] = array - problem.update.learning_rate * (gradient.T if printed else gradient)
    return problem.with_network(network).loss(), accuracy(network.predict_proba(problem.X), problem.Y)


def test_e15_004_23_training_a_square_net() -> None:
    """E15, 004.(23): where shapes hide the mistake, training fails; laid out like the parameters, it succeeds."""
    wrong_loss, wrong_share = trained(square_problem(), printed=True)
    loss, share = trained(square_problem(), printed=False)
    assert loss < 0.3
    assert share > 0.9
    assert wrong_loss > math.log(4) / 2
    assert wrong_share < 0.6
    assert wrong_loss > 3 * loss


def test_e16_004_19_the_upper_limit_of_the_inner_sum() -> None:
    """E16, 004.(19): the sum runs to N, not to an undefined A; dh_j/dW_ij = h_j (1 - h_j) x_i is right."""
    for rng in draws(5):
        problem = perceptron(rng)
        tape = record(problem)
        x, h, N = problem.X[0], tape["h1"].value[0], problem.network.sizes[0]
        W, b = tape.given["W1"], tape.given["b1"]
        for j in range(len(h)):
            terms = entry(tape, tape["z1"], (0, j)).terms
            assert len(terms) == N + 1
            assert sum(x[s] * W[s, j] for s in range(N)) + b[j] == pytest.approx(tape["z1"].value[0, j], rel=1e-12)
            assert sum(x[s] * W[s, j] for s in range(N - 1)) + b[j] != pytest.approx(tape["z1"].value[0, j], rel=1e-9)
            with pytest.raises(IndexError):
                sum(x[s] * W[s, j] for s in range(N + 1))
            moved = moved_hidden(problem, "W1", (0, j))
            assert moved[j] == pytest.approx(h[j] * (1 - h[j]) * x[0], rel=1e-6, abs=1e-9)
            equal(np.delete(moved, j), np.zeros(len(h) - 1))


def test_e16_004_21_the_hidden_row_by_its_bias() -> None:
    """E16, 004.(21): dh_j/db_j = h_j (1 - h_j), with N for A in the sum; other hidden units do not move."""
    for rng in draws(5):
        problem = perceptron(rng)
        tape = record(problem)
        h = tape["h1"].value[0]
        for j, slope in enumerate(tape["dh1/dz1"].value[0]):
            assert slope == pytest.approx(h[j] * (1 - h[j]), rel=1e-12)
            moved = moved_hidden(problem, "b1", (j,))
            assert moved[j] == pytest.approx(slope, rel=1e-6, abs=1e-9)
            equal(np.delete(moved, j), np.zeros(len(h) - 1))


def moved_hidden(problem: Problem, name: str, index: tuple[int, ...], h: float = 1e-6) -> Array:
    """Return the central difference of the hidden row by an entry of W1 or b1."""
    sides = []
    for step in (h, -h):
        network = problem.network.copy()
        network.parameters[name][index] += step
        sides.append(record(problem.with_network(network))["h1"].value[0])
    difference: Array = (sides[0] - sides[1]) / (2 * h)
    return difference

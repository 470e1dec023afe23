"""Mistakes in problem files: read, written, refused where they change nothing, and shown on the shelf to the digit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import ExplorerError
from explorer.problems import load_problem, problem_from, problem_to_json
from explorer.tape import record
from explorer.tape.mistakes import MISTAKES

Keys = dict[str, Any]


def keys(name: str = "net-s", change: Callable[[Keys], None] | None = None, **changes: object) -> Keys:
    data: Keys = json.loads(problem_to_json(load_problem(name)))
    if change is not None:
        change(data)
    return {**data, **changes}


def refusal(data: Keys) -> str:
    with pytest.raises(ExplorerError) as caught:
        problem_from(data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_mistakes_are_read_and_written() -> None:
    problem = problem_from(keys(mistakes=["sign_slip", "product_after_w1"]))
    assert problem.mistakes == ("sign_slip", "product_after_w1")
    assert problem_from(problem_to_json(problem)).mistakes == problem.mistakes


def activations(*names: str) -> Callable[[Keys], None]:
    def change(data: Keys) -> None:
        for layer, name in zip(data["network"]["layers"], names, strict=True):
            layer["activation"] = name

    return change


def narrow(data: Keys) -> None:
    data["network"]["layers"][0] = {"units": 1, "activation": "sigmoid"}
    data["network"]["layers"][1] = {"units": 2, "activation": "identity"}


REFUSED: list[tuple[str, Keys, str]] = [
    ("missing_mean", keys(), "with one sample 1/N is 1"),
    ("missing_mean", keys("xor", objective={"reduction": "sum"}), "the reduction is the sum, which has no 1/N"),
    ("per_sample_bias", keys(), "with one sample there is nothing to sum"),
    ("forgotten_relu_mask", keys(), "no layer has the activation relu"),
    ("missing_sigma_prime", keys("dead-relu"), "no layer has a slope to forget"),
    ("sigma_prime_of_h", keys("dead-relu"), "no layer has an activation whose slope at h differs from that at z"),
    ("sigma_prime_kept", keys("mazur"), "half_squared_error has no slope that p − y took in"),
    ("double_softmax", keys("mazur"), "half_squared_error has no softmax"),
    ("jacobian_without_sum", keys("mazur"), "half_squared_error has no softmax"),
    ("sequential_update", keys("trace-003"), "the network has no hidden layer"),
    ("product_after_w1", keys("trace-003"), "the network has no hidden layer"),
    ("product_after_w1", keys(change=narrow), "the slope of a single hidden unit is a number"),
    ("product_after_w1", keys(change=activations("identity", "identity")), "is 1 everywhere"),
    ("sequential_update", keys(update={"optimizer": "adam"}), "it is known for sgd alone, not for adam"),
    ("printed_layout", keys(update={"optimizer": "momentum"}), "it is known for sgd alone, not for momentum"),
]


@pytest.mark.parametrize(("mistake", "data", "reason"), REFUSED)
def test_a_mistake_that_would_change_nothing_is_refused(mistake: str, data: Keys, reason: str) -> None:
    sentence = refusal({**data, "mistakes": [mistake]})
    assert sentence.startswith(f"mistakes[0] is '{mistake}', which would change nothing: ")
    assert reason in sentence


def test_names_are_checked() -> None:
    assert "mistakes[0] is 'sign_slop': expected one of " in refusal(keys(mistakes=["sign_slop"]))
    assert "(did you mean sign_slip?)" in refusal(keys(mistakes=["sign_slop"]))
    assert "mistakes[1] is 'sign_slip' once more" in refusal(keys(mistakes=["sign_slip", "sign_slip"]))
    assert "mistakes is 'sign_slip': expected a list" in refusal(keys(mistakes="sign_slip"))


def test_every_mistake_can_be_made_in_a_problem_of_the_shelf() -> None:
    homes = {"missing_mean": "xor", "per_sample_bias": "xor", "forgotten_relu_mask": "dead-relu"}
    for name in MISTAKES:
        assert problem_from(keys(homes.get(name, "net-s"), mistakes=[name])).mistakes == (name,)


def test_the_readme_names_every_mistake() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Mistakes on purpose")[2].partition("## ")[0]
    assert all(name in table for name in MISTAKES)


def test_mazurs_printed_figure_comes_out_of_the_updated_weights() -> None:
    wrong, right = record(load_problem("mazur-sequential")), record(load_problem("mazur"))
    assert float(wrong["J+"].value) == pytest.approx(0.29102792390544197, rel=1e-15)
    assert f"{float(wrong['J+'].value):.9f}" == "0.291027924"
    np.testing.assert_array_equal(wrong["dJ/dW2"].value, right["dJ/dW2"].value)
    np.testing.assert_array_equal(wrong["dz2/dh1"].value, right["W2+"].value.T)


PRINTED = {
    0: (0.0, 0.25, 0.5),
    1: (-0.5, 0.36552928931500245, 0.2689414213699951),
    2: (-1.2310585786300048, 0.4607215258300578, 0.07855694833988437),
    3: (-2.1525016302901205, 0.4933395015731363, 0.013320996853727436),
    4: (-3.139180633436393, 0.4990635207208549, 0.0018729585582901273),
    5: (-4.1373076748781035, 0.4998725794345914, 0.00025484113081715085),
}
"""z, dz, p of the first sample's class, at each iteration; the other entries are these with signs."""
LOSSES = (0.6931471805599453, 1.3132616875182228, 2.5439314606511503, 4.318413777801756, 6.280235981611134)


@pytest.mark.parametrize("iteration", PRINTED)
def test_the_trace_of_write_up_003_comes_out_as_printed(iteration: int) -> None:
    """Every digit that is printed, at iterations 0 and 1, and what the same slips give up to 5."""
    tape = record(load_problem("trace-003-slips"), after=iteration)
    z, dz, p = PRINTED[iteration]
    signs = np.array([[1, -1], [-1, 1]])
    np.testing.assert_allclose(tape["z1"].value, z * signs, rtol=4e-16 * (iteration > 1), atol=0)
    for name in ("dJ/dz1", "dJ/dW1", "dJ/db1"):
        np.testing.assert_allclose(tape[name].value, dz * signs, rtol=4e-16 * (iteration > 1), atol=0)
    np.testing.assert_allclose(tape["p"].value[0], [p, 1 - p], rtol=4e-16, atol=0)
    if iteration < len(LOSSES):
        assert tape.loss == pytest.approx(LOSSES[iteration], rel=1e-15)


def test_the_trace_without_its_slips_is_the_corrected_one() -> None:
    slips = load_problem("trace-003-slips")
    mended, corrected = replace(slips, mistakes=()), load_problem("trace-003")
    for k in range(6):
        for step, wanted in zip(record(mended, after=k).steps, record(corrected, after=k).steps, strict=True):
            np.testing.assert_array_equal(step.value, wanted.value)
    assert record(replace(slips, mistakes=("per_sample_bias",)), after=1).loss == pytest.approx(0.313262, abs=5e-7)


@pytest.mark.parametrize(
    ("names", "place", "idle"),
    [
        (["sigma_prime_of_h", "missing_sigma_prime"], 0, "sigma_prime_of_h"),
        (["printed_layout", "transposed_gradient"], 1, "transposed_gradient"),
        (["sign_slip", "missing_sigma_prime", "sigma_prime_of_h"], 2, "sigma_prime_of_h"),
    ],
)
def test_a_mistake_that_another_overrules_is_refused(names: list[str], place: int, idle: str) -> None:
    others = " and ".join(name for name in names if name != idle)
    assert refusal(keys(mistakes=names)) == (
        f"mistakes[{place}] is {idle!r}, which would change nothing: the pass is the same without it beside {others}"
    )


def test_a_slope_at_the_wrong_place_counts_where_something_still_goes_through_it() -> None:
    names = ["sigma_prime_of_h", "missing_sigma_prime", "product_after_w1"]
    assert problem_from(keys(mistakes=names)).mistakes == tuple(names)


def test_what_numpy_refuses_beside_another_mistake_is_no_mistake() -> None:
    assert "'sequential_update', which would change nothing" in refusal(
        keys("xor", mistakes=["sequential_update", "transposed_gradient"])
    )
    assert "'product_after_w1', which would change nothing" in refusal(
        keys("xor", mistakes=["missing_sigma_prime", "product_after_w1"])
    )

"""Every operation has its own picture: how its blocks stand, the stages between, the masks."""

import numpy as np
import pytest

from explorer.engine import Network, Objective, Problem
from explorer.engine.losses import LOSSES, log_softmax
from explorer.panels.step.arrangements import arranged
from explorer.panels.step.blocks import Equation, equation_of
from explorer.panels.step.masks import mask_words
from explorer.panels.step.matrix_frame import MOST_NUMBERS, MOST_ROWS
from explorer.panels.step.pictures import is_small, pictured
from explorer.problems.shelf import shelf_names
from explorer.session import Session, shown_problem
from explorer.tape import notation
from tests.panels.step.stepping import equation_at, random_problem, session_of, soft_problem


def picture(session: Session, step: str) -> Equation:
    equation = equation_at(session, step)
    return pictured(equation, session.state.step, session.state.tape, shown_problem(session.state))


def names(equation: Equation) -> list[str]:
    return [block.label or block.name for block in equation.blocks]


def numbers(equation: Equation, place: int) -> np.ndarray:
    value = equation.blocks[place].value
    assert value is not None
    return value


def test_what_goes_cell_by_cell_is_stacked() -> None:
    session = session_of("net-s")
    for step in ("dJ/dz1", "dJ/dz2"):
        assert picture(session, step).arrangement == "stack"
    assert picture(session, "dh1/dz1").arrangement == "line"


def test_the_cells_of_a_stack_stand_under_each_other() -> None:
    equation = picture(session_of("net-s"), "dJ/dz1")
    frames, flow = arranged(equation, [20.0, 20.0, 20.0], 374, 4)
    assert {(frame.width, frame.left) for frame in frames} == {(frames[0].width, frames[0].left)}
    assert len({spot.left for spot in flow.spots}) == 1
    tops = [spot.top for spot in flow.spots]
    assert tops == sorted(tops)


def test_a_sample_makes_a_table_and_a_batch_a_sum() -> None:
    one = picture(session_of("net-s"), "dJ/dW2")
    assert one.arrangement == "table"
    batch = picture(session_of(random_problem((2, 3, 2), samples=3)), "dJ/dW1")
    shares = [numbers(batch, k) for k in (3, 4, 5)]
    assert np.allclose(sum(shares), numbers(batch, batch.result), rtol=0, atol=1e-15)
    assert [join.text for join in batch.joins[2:]] == ["=", "=", "+", "+"]


def test_the_table_puts_every_product_beside_and_below_its_factors() -> None:
    equation = picture(session_of("net-s"), "dJ/dW2")
    (column, row, result), flow = arranged(equation, [0.0, 10.0, 0.0], 374, 4)
    left, above, cells = flow.spots
    assert left.left + column.total_width == above.left == cells.left
    assert left.top + column.top == cells.top + result.top
    assert (column.height, row.width) == (result.height, result.width)


def test_of_a_large_batch_some_samples_are_left_out_and_counted() -> None:
    batch = picture(session_of(random_problem((2, 3, 2), samples=9)), "dJ/dW1")
    assert len(batch.blocks) == 7
    assert names(batch)[5].startswith("the shares of samples 3 to 8")
    shares = [numbers(batch, k) for k in (3, 4, 5, 6)]
    assert np.allclose(sum(shares), numbers(batch, batch.result), rtol=0, atol=1e-15)


@pytest.mark.parametrize(("samples", "shares"), [(2, 2), (3, 3), (32, 3)])
@pytest.mark.parametrize("script", ["row", "column"])
def test_a_large_gradient_stands_before_the_shares_of_the_samples(samples: int, shares: int, script: str) -> None:
    session = session_of(random_problem((20, 12, 10), samples))
    session.write_in(script)
    session.show_whole(True)
    session.go_to_step("dJ/dW1")
    state = session.state
    equation = equation_of(state.tape, state.position, shown_problem(state), state.script, state.row)
    unrolled = pictured(equation, state.step, state.tape, shown_problem(state))
    assert len(unrolled.blocks) == 3 + shares
    assert [join.text for join in unrolled.joins[2:4]] == ["=", "="]
    assert {join.text for join in unrolled.joins[4:]} == {"+"}
    parts = [numbers(unrolled, 3 + k) for k in range(shares)]
    assert all(np.linalg.matrix_rank(part) == 1 for part in (parts[0], parts[-1]))
    assert np.allclose(sum(parts), numbers(unrolled, 2), rtol=0, atol=1e-15)
    assert unrolled.blocks[-1].label.startswith(f"sample {samples}'s share")


def test_of_a_very_large_gradient_there_are_no_shares() -> None:
    assert len(picture(session_of(random_problem((784, 32, 10), 3)), "dJ/dW1").blocks) == 3


def test_a_batch_of_five_is_shown_whole() -> None:
    batch = picture(session_of(random_problem((2, 3, 2), samples=5)), "dJ/dW1")
    assert [block.latex for block in batch.blocks[3:]] == [f"n = {n}" for n in (1, 2, 3, 4, 5)]


@pytest.mark.parametrize("samples", [1, 3])
def test_soft_targets_weigh_the_probabilities(samples: int) -> None:
    session = session_of(soft_problem((2, 3, 4), samples))
    p, mass, y, delta = (numbers(picture(session, "dJ/dz2"), k) for k in range(4))
    assert np.allclose((p * mass - y) / samples, delta, rtol=0, atol=1e-15)
    assert r"\textstyle\sum}_k" in session.state.step.latex


def test_soft_targets_have_the_gradient_that_a_difference_quotient_has() -> None:
    session = session_of(soft_problem((2, 3, 4), 3))
    state = session.state
    z, y, h = state.tape.value("z2"), state.tape.value("y"), 1e-6
    for index in np.ndindex(z.shape):
        nudge = np.zeros_like(z)
        nudge[index] = h
        losses = [-(y * log_softmax(z + sign * nudge)).sum() / 3 for sign in (1, -1)]
        assert state.tape.value("dJ/dz2")[index] == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=1e-8)


def test_a_high_product_is_laid_out_as_a_table() -> None:
    equation = picture(session_of(random_problem((2, 3, 2), samples=5)), "z1")
    signs = [0.0, 20.0, 20.0, 20.0]
    frames, flow = arranged(equation, signs, 363, 4, 178)
    x, w, b, z = flow.spots
    assert w.left == b.left == z.left == x.left + frames[0].total_width
    assert w.top < b.top < z.top
    inset = (frames[3].total_height - frames[3].height) // 2
    assert x.top + frames[0].top == z.top + inset
    on_lines = arranged(equation, signs, 900, 4, 178)[1]
    assert len({spot.middle for spot in on_lines.spots}) == 1


@pytest.mark.parametrize("digits", [5, 9, 17])
@pytest.mark.parametrize("name", shelf_names())
def test_cells_have_as_many_digits_as_can_be_read_within_the_height(name: str, digits: int) -> None:
    session = session_of(name)
    for step in session.state.tape.steps:
        equation = picture(session, step.id)
        signs = [20.0] * len(equation.blocks)
        frames, placed = arranged(equation, signs, 363, digits, 178)
        usual = arranged(equation, signs, 363, 4, 178)[1].height
        assert placed.height <= max(178, usual), step.id
        chosen = {min(frame.level.digits, digits) for frame in frames if frame.level}
        assert len(chosen) <= 1 or max(chosen) <= 4, step.id
        for block, frame in zip(equation.blocks, frames, strict=True):
            few = block.rows <= MOST_ROWS and block.rows * block.columns <= MOST_NUMBERS
            assert frame.level is None or frame.level.lines <= 4, (step.id, block.name)
            assert frame.level is not None or not few or not is_small(equation), (step.id, block.name)
            assert frame.total_width <= 363


@pytest.mark.parametrize("name", ["net-s", "mazur"])
def test_all_digits_reach_every_cell_of_a_small_problem(name: str) -> None:
    session = session_of(name)
    for step in session.state.tape.steps[:-1]:
        equation = picture(session, step.id)
        frames, _ = arranged(equation, [20.0] * len(equation.blocks), 363, 17, 178)
        assert [frame.level.digits for frame in frames if frame.level] == [17] * len(frames), step.id


def test_rows_of_ten_numbers_are_squeezed_rather_than_lost() -> None:
    session = session_of("homework-10-5-10")
    for step in ("p", "dJ/dz2"):
        equation = picture(session, step)
        frames, _ = arranged(equation, [20.0] * len(equation.blocks), 363, 4, 178)
        assert all(frame.level is not None and frame.total_width <= 363 for frame in frames), step


def test_one_number_beside_large_matrices_keeps_its_digits() -> None:
    session = session_of(random_problem((64, 32, 10)))
    equation = picture(session, "J+")
    for digits in (4, 17):
        frames, _ = arranged(equation, [20.0] * len(equation.blocks), 363, digits, 178)
        assert frames[-1].level is not None
        assert frames[0].level is None


def test_a_batch_collapses_into_its_sum() -> None:
    session = session_of(random_problem((2, 3, 2), samples=5))
    assert picture(session, "dJ/db1").arrangement == "stack"


def test_the_softmax_in_three_stages() -> None:
    equation = picture(session_of("net-s"), "p")
    assert names(equation) == ["z2", "exp(z₂)", "sum of exp(z₂)", "p"]
    z, powers, total, p = (numbers(equation, k) for k in range(4))
    assert np.allclose(powers, np.exp(z))
    assert np.allclose(powers / total, p)


def test_large_logits_are_shifted_and_say_so() -> None:
    network = Network((1, 2), ("identity",))
    network.theta[:] = [800.0, -3.0, 0.0, 0.0]
    equation = picture(session_of(Problem(network, np.ones((1, 1)), np.eye(2)[:1])), "p")
    assert "less the row's largest" in names(equation)[1]
    assert np.isfinite(numbers(equation, 1)).all()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_the_stages_of_a_loss_come_to_the_loss(loss: str, l2: float) -> None:
    network = Network.random((3, 4, 2), loss=loss, seed=1)
    problem = Problem(network, np.eye(3)[:2], np.eye(2), None, Objective(l2=l2))
    equation = picture(session_of(problem), "J")
    costs = numbers(equation, 2)
    data = costs.sum() / 2
    penalty = float(numbers(equation, -2)[0, 0]) if l2 else 0.0
    assert float(numbers(equation, -1)[0, 0]) == pytest.approx(data + penalty, rel=1e-12)


def test_the_picked_logarithms_are_the_ones_not_struck() -> None:
    equation = picture(session_of("net-s"), "J")
    struck = equation.blocks[2].struck
    assert struck is not None
    assert struck.tolist() == [[True, False]]


def test_a_relu_that_is_off_strikes_what_it_shuts() -> None:
    session = session_of("dead-relu")
    for step in ("h1", "dh1/dz1", "dJ/dz1"):
        equation = picture(session, step)
        struck = equation.blocks[-1].struck
        assert struck is not None
        assert struck.tolist() == [[False, True]]
    assert mask_words(session.state.step, session.state.tape).startswith("Unit 2 is off")
    session.go_to_step("z1")
    assert mask_words(session.state.step, session.state.tape) == ""


def test_large_arrays_keep_to_lines() -> None:
    session = session_of(random_problem((64, 32, 10)))
    for step in ("dJ/dW1", "dJ/dz1", "p", "J"):
        equation = picture(session, step)
        frames, _flow = arranged(equation, [10.0] * len(equation.blocks), 374, 4)
        assert all(frame.total_width <= 374 for frame in frames)


@pytest.mark.parametrize("script", ["row", "column"])
def test_what_leads_into_a_dead_unit_is_struck(script: str) -> None:
    session = session_of("dead-relu")
    session.go_to_step("dJ/dW1")
    state = session.state
    blocks = equation_of(state.tape, state.position, shown_problem(state), notation(script), 0)
    struck = pictured(blocks, state.step, state.tape, shown_problem(state)).blocks[-1].struck
    assert struck is not None
    assert (struck.T if script == "column" else struck).tolist() == [[False, True]] * 2
    words = "Unit 2 is off: what leads into it gets no gradient, and does not learn."
    assert mask_words(state.tape["dJ/dW1"], state.tape) == mask_words(state.tape["dJ/db1"], state.tape) == words
    assert mask_words(state.tape["dJ/dW2"], state.tape) == ""


def test_a_bias_that_is_a_column_is_added_on_a_line() -> None:
    session = session_of(random_problem((3, 4, 4), samples=1), "z1")
    state = session.state
    blocks = equation_of(state.tape, state.position, shown_problem(state), notation("column"), 0)
    assert pictured(blocks, state.step, state.tape, shown_problem(state)).arrangement == "line"

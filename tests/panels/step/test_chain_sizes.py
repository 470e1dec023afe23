"""The chain view's sizes: everything within the sheet, as large as there is room, whatever the network."""

import numpy as np
import pytest

from explorer.panels.step.chain_columns import ChainColumn, columns_of
from explorer.panels.step.chain_sizes import Sizes, sizes_of
from explorer.tape import notation
from tests.panels.step.stepping import random_problem, session_of

SHEET = 982, 465


def columns(sizes: tuple[int, ...] | str, name: str = "row") -> tuple[ChainColumn, ...]:
    """Return the chain of a shelf problem, or of a random network of those sizes."""
    tape = session_of(sizes if isinstance(sizes, str) else random_problem(sizes)).state.tape
    return columns_of(tape, len(tape) - 1, notation(name), 0)


def sized(made: tuple[ChainColumn, ...], digits: int = 4, sheet: tuple[int, int] = SHEET) -> Sizes:
    """Return the sizes of a chain on the sheet."""
    return sizes_of(made, *sheet, digits)


@pytest.mark.parametrize("name", ["row", "column"])
@pytest.mark.parametrize(
    "network", ["net-s", "mazur", "dead-relu", "homework-10-5-10", (64, 32, 10), (3, 4, 4, 4, 2), (784, 64, 64, 10)]
)
def test_the_whole_chain_is_on_the_sheet(network: tuple[int, ...] | str, name: str) -> None:
    sizes = sized(columns(network, name))
    assert sizes.width <= SHEET[0]
    assert sizes.height <= SHEET[1]
    assert sorted(place for line in sizes.lines for place in line) == list(range(len(sizes.factors)))


def test_numbers_grow_into_the_room() -> None:
    made = columns("net-s")
    small, large = (sized(made, sheet=sheet).factors[0].level for sheet in ((700, 400), (1600, 700)))
    assert small is not None
    assert large is not None
    assert small.font < 18
    assert large.font > 18


def test_a_deep_chain_stays_readable_on_several_lines() -> None:
    sizes = sized(columns((3, 4, 4, 4, 2)))
    assert len(sizes.lines) > 1
    assert all(frame.level is not None for frame in sizes.factors)


def test_entries_of_large_matrices_are_of_one_size() -> None:
    made = columns((64, 32, 10))
    sizes = sized(made)
    drawn = [(frame, column.factor) for frame, column in zip(sizes.factors, made, strict=True)]
    wide = {frame.width / block.columns for frame, block in drawn if block.columns > 10}
    assert len(wide) == 1
    assert all(frame.level is None for frame in sizes.factors)


def test_what_is_not_computed_yet_takes_the_same_room() -> None:
    tape = session_of("net-s").state.tape
    early, late = (sized(columns_of(tape, at, notation("row"), 0)) for at in (0, len(tape) - 1))
    assert early == late


def test_all_digits_go_onto_lines() -> None:
    sizes = sized(columns("net-s"), digits=17)
    assert sizes.width <= SHEET[0]
    assert all(frame.level is not None and frame.level.digits == 17 for frame in sizes.factors)


def test_short_sides_of_large_networks_are_drawn_entry_by_entry() -> None:
    made = columns_of(session_of(random_problem((784, 512, 512, 10), 3)).state.tape, 30, notation("row"), 0)
    sizes = sized(made)
    blocks = {column.factor.name: frame for column, frame in zip(made, sizes.factors, strict=True)}
    assert blocks["dJ/dz3"].block == (1, 1)
    assert blocks["dz3/dh2"].block[0] == 1
    assert blocks["dz2/dh1"].block[0] == blocks["dz2/dh1"].block[1] > 1
    assert sizes.width <= SHEET[0]
    assert sizes.height <= SHEET[1]


def test_what_a_relu_shuts_is_struck_in_the_chain_as_on_the_card() -> None:
    tape = session_of("dead-relu").state.tape
    made = columns_of(tape, len(tape) - 1, notation("row"), 0)
    struck = {block.name: block.struck for column in made for block in (column.factor, column.product) if block}
    shut = tape["dh1/dz1"].value == 0
    assert shut.any()
    for name in ("dh1/dz1", "dJ/dz1"):
        np.testing.assert_array_equal(struck[name], shut)
    assert struck["dz1/dx"] is struck["dJ/dh1"] is None


def test_weights_are_known_before_their_step_and_gradients_are_not() -> None:
    tape = session_of("net-s").state.tape
    made = {c.factor.name: c.factor.value for c in columns_of(tape, tape.index("dJ/dz2"), notation("row"), 0)}
    np.testing.assert_array_equal(made["dz1/dx"], tape.given["W1"].T)
    assert made["dh1/dz1"] is None
    assert made["dJ/dx"] is None

"""Columns are found by name or number, and every column has a name of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data import Choices, unique_names
from explorer.engine.errors import ExplorerError


@pytest.mark.parametrize(
    ("names", "target"),
    [(["a", "b"], 1), (["Target", "b"], 0), (["a", "CLASS", "b"], 1), (["y", "label", "b"], 1), (["a"], 0)],
)
def test_the_usual_target(names: list[str], target: int) -> None:
    assert Choices().target_of(names) == target


def test_a_name_goes_before_a_number_and_its_own_case_before_another() -> None:
    assert Choices("2").target_of(["a", "b", "2"]) == 2
    assert Choices("A").target_of(["a", "A"]) == 1
    with pytest.raises(ExplorerError, match=r"column 'AB' is there more than once \(1 and 2\): name it by its number"):
        Choices("AB").target_of(["ab", "aB"])


@given(st.lists(st.sampled_from(["", "x", "x (2)", "column 1", "column 2"]), max_size=9))
def test_names_are_unique_and_first_ones_stay(given_names: list[str]) -> None:
    names = unique_names(given_names)
    assert len(set(names)) == len(names) == len(given_names)
    for number, name in enumerate(given_names):
        if name and name not in given_names[:number]:
            assert names[number] in {name, f"{name} (2)", f"{name} (3)"}

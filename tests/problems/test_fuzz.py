"""Whatever stands in a problem file, reading it gives a problem or an ExplorerError of one line, and nothing else."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.problems import problem_from, problem_to_json, shelf
from explorer.problems.shelf import shelf_path

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
NAMES = st.sampled_from(["format", "network", "layers", "weights", "data", "inputs", "targets", "init", "seed"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def outcome(data: Any) -> Problem | str:
    try:
        return problem_from(data)
    except ExplorerError as error:
        return str(error)


def assert_refused(data: object) -> None:
    sentence = outcome(data)
    assert isinstance(sentence, str)
    assert len(sentence.splitlines()) == 1


@given(VALUES)
def test_any_value(data: object) -> None:
    assert_refused(data)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    assert_refused(text)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of everything inside a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in pairs for place in ((*path, key), *places(inner, (*path, key)))]


SHELF = [json.loads(shelf_path(entry.name).read_text(encoding="utf-8")) for entry in shelf()]


@settings(deadline=None)
@given(st.data(), st.sampled_from(SHELF), VALUES)
def test_a_good_file_with_one_place_spoilt(data: st.DataObject, good: dict[str, Any], value: object) -> None:
    spoilt = deepcopy(good)
    *parents, last = data.draw(st.sampled_from(places(spoilt)))
    place: Any = spoilt
    for key in parents:
        place = place[key]
    place[last] = value
    result = outcome(spoilt)
    if isinstance(result, Problem):
        assert isinstance(outcome(problem_to_json(result)), Problem)
    else:
        assert len(result.splitlines()) == 1

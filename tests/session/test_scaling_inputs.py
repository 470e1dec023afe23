"""Samples whose columns are to be standardised: offered where that is still to be done, and as it will be done."""

import pytest
from msgspec.structs import replace

from explorer.data import Choices, DataSet, load_dataset
from explorer.session import Session, Subject
from explorer.session.opening import open_named, opened
from explorer.session.scaling_inputs import can_scale, scaled_data


@pytest.fixture
def raw() -> DataSet:
    return replace(load_dataset("wine"), fitting="none")


def subject_of(data: DataSet) -> Subject:
    return Session(*opened(data)).state.subject


def test_samples_that_are_not_scaled_can_be(raw: DataSet) -> None:
    subject = subject_of(raw)
    assert can_scale(subject)
    scaled = scaled_data(subject)
    assert scaled is not None
    assert (scaled.name, scaled.fitting, scaled.choices) == ("wine", "standardise", None)
    assert not can_scale(subject_of(scaled))


def test_how_a_file_is_read_says_so_too(raw: DataSet) -> None:
    scaled = scaled_data(subject_of(replace(raw, choices=Choices(fitting="none", missing="skip"))))
    assert scaled is not None
    assert scaled.choices == Choices(fitting="standardise", missing="skip")


def test_samples_that_a_person_changed_and_those_of_a_problem_are_left_as_they_are(raw: DataSet) -> None:
    subject = subject_of(raw)
    for other in (replace(subject, edited=frozenset({"x"})), Session(*open_named("net-s")).state.subject):
        assert not can_scale(other)
        assert scaled_data(other) is None

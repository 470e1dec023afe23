"""Settings of the optimiser and of when to stop: where they come from, what they mean, which a run goes on with."""

from typing import Any

import pytest
from msgspec.structs import replace

from explorer.engine import ExplorerError, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.schedules import Schedule
from explorer.problems import load_problem
from explorer.session import Session, Settings, Subject
from explorer.session.opening import open_data

ADAM = Update("adam", 0.02, train_biases=False, beta1=0.8, schedule=Schedule("cosine", 50, 0.2, warmup=5))


def session_with(update: Update) -> Session:
    problem = replace(load_problem("net-s"), update=update)
    subject = Subject.of_problem("net-s", problem)
    return Session(subject, Settings.of_problem(problem))


def test_a_problem_s_update_is_the_settings_and_comes_back_from_them() -> None:
    settings = Settings.of_problem(replace(load_problem("net-s"), update=ADAM))
    assert (settings.optimizer, settings.learning_rate, settings.beta1) == ("adam", 0.02, 0.8)
    assert settings.update(train_biases=False) == ADAM


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_a_data_set_is_updated_as_the_settings_say(name: str) -> None:
    subject, settings = open_data("moons", Settings((4,), optimizer=name, weight_decay=0.3, schedule=ADAM.schedule))
    assert subject.problem.update == settings.update()
    assert subject.with_settings(settings).problem.update == settings.update()


def test_another_optimizer_begins_a_new_run_and_keeps_what_the_problem_trains() -> None:
    session = session_with(ADAM)
    session.configure(replace(session.state.settings, optimizer="sgd"))
    assert session.state.run.id == 2
    assert session.state.subject.problem.update == replace(ADAM, optimizer="sgd")
    assert session.state.tape["W1+"].operation == "descend"


def test_a_run_goes_on_with_another_end() -> None:
    session = session_with(ADAM)
    session.configure(replace(session.state.settings, epochs=10, patience=3, learning_rate=0.5))
    assert session.state.run.id == 1
    assert session.state.subject.problem.update == replace(ADAM, learning_rate=0.5)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"epochs": 0}, "epochs 0: expected 1 to 1,000,000 epochs, or nothing"),
        ({"patience": 10**7}, "patience 10000000: expected 1 to 1,000,000 epochs, or nothing"),
        ({"optimizer": "adagrad"}, "optimizer 'adagrad' is unknown"),
        ({"beta2": 1.0}, "beta2 1.0: expected a number from 0 to below 1"),
    ],
)
def test_absurd_settings_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        replace(Settings(), **changes)
    assert str(caught.value).startswith(sentence)


def test_a_chosen_initialiser_is_used_instead_of_the_usual_one() -> None:
    assert Settings(activation="relu").init.scheme == "he_uniform"
    assert not Settings(activation="relu", scheme="zeros").network(2, 2).theta.any()

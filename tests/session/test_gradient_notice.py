"""The gradient check of a whole pass is told in one notice, whatever comes of it."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Network, Problem
from explorer.session import Lasts, Session, Settings, State, Subject, Tone, gradient_notice
from explorer.session.opening import open_named


def state_of(problem: Problem) -> State:
    return Session(Subject.of_problem("s", problem), Settings.of_problem(problem)).state


def test_gradients_that_agree_are_told_for_as_long_as_the_pass_is_shown() -> None:
    notice = gradient_notice.gradient_notice(Session(*open_named("net-s")).state)
    assert "agrees" in notice.text
    assert (notice.tone, notice.lasts) == (Tone.INFORMATION, Lasts.SHOWN)


def test_gradients_that_do_not_agree_are_told_as_an_error() -> None:
    right = Session(*open_named("net-s")).state.subject.problem
    notice = gradient_notice.gradient_notice(state_of(replace(right, mistakes=("sign_slip",))))
    assert (notice.tone, notice.lasts) == (Tone.ERROR, Lasts.SHOWN)


def test_too_many_parameters_are_refused_with_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(Network.random((4, 3, 2), seed=1), np.ones((1, 4)), np.eye(1, 2))
    monkeypatch.setattr(gradient_notice, "CHECKABLE", problem.network.theta.size - 1)
    notice = gradient_notice.gradient_notice(state_of(problem))
    assert notice.text.startswith("23 parameters are too many to check at once")
    assert notice.tone is Tone.ERROR

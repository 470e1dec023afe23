"""A run of a problem with mistakes: it trains wrongly, or ends in the sentence that the banner shows."""

import numpy as np
import pytest

from explorer.bridge.mailbox import Mailbox
from explorer.bridge.messages import Load
from explorer.bridge.runner import Runner
from explorer.bridge.worker import sentence
from explorer.engine import ExplorerError, Problem
from tests.tape.making import making, problem


def runner_of(made: Problem) -> tuple[Runner, Mailbox]:
    mailbox = Mailbox()
    nothing = np.empty((0, 3)), np.empty((0, 2))
    return Runner(Load(1, 1, made.with_network(made.network.copy()), *nothing, made.samples, 0), mailbox), mailbox


def test_a_sign_slip_climbs_in_the_window_too() -> None:
    runner, mailbox = runner_of(making(problem(), "sign_slip"))
    for _ in range(3):
        runner.aim_at_step()
        runner.slice(10.0)
    losses = np.concatenate([parcel.losses for parcel in mailbox.take()[0]])
    assert len(losses) == 3
    assert (np.diff(losses) > 0).all()


def test_a_gradient_of_another_shape_ends_the_run_in_one_sentence() -> None:
    runner, _ = runner_of(making(problem(), "printed_layout"))
    runner.aim_at_step()
    with pytest.raises(ExplorerError) as caught:
        runner.slice(10.0)
    assert sentence(caught.value) == (
        "training stops before step 1, for its mistake (the gradients as the write-up prints them) gives "
        "∂J/∂W1 the shape (4, 3) and W1 has (3, 4): leave the mistake out"
    )

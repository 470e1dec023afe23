"""A run in slices, by a clock of the test's own: what is posted, how often, and what an error leaves behind."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.bridge.mailbox import Mailbox, Parcel, Snapshot
from explorer.bridge.messages import Load, Stops
from explorer.bridge.pace import Milestones, Pace
from explorer.bridge.runner import Runner
from explorer.engine import Network, NonFiniteError, Objective, Problem, Trainer, Update
from explorer.session.evaluator import MOST_SAMPLES, Evaluator, SampleSet

Array = NDArray[np.float64]


class TickingClock:
    """Advances by a fixed time at each reading."""

    def __init__(self, tick: float) -> None:
        self.now, self.tick = 0.0, tick

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


def problem(rate: float = 0.1, loss: str = "softmax_cross_entropy", scale: float = 1.0) -> Problem:
    X = scale * np.random.default_rng(0).normal(size=(20, 3))
    Y = np.eye(2)[np.arange(20) % 2]
    network = Network.random((3, 4, 2), "tanh", seed=1, loss=loss)
    return Problem(network, X, Y, update=Update(learning_rate=rate))


def load(about: Problem, batch_size: int = 8) -> Load:
    nothing = np.empty((0, 3)), np.empty((0, 2))
    return Load(1, 1, about.with_network(about.network.copy()), *nothing, batch_size, 5)


def losses_of(parcels: tuple[Parcel, ...]) -> Array:
    return np.concatenate([parcel.losses for parcel in parcels])


@pytest.mark.parametrize("tick", [1e-3, 3e-3, 1.0])
def test_slices_of_any_length_train_as_one_run(tick: float) -> None:
    about, mailbox = problem(), Mailbox()
    runner = Runner(load(about), mailbox, TickingClock(tick))
    runner.train()
    for _ in range(5):
        runner.slice(0.008)
    runner.finish()
    parcels, snapshot = mailbox.take()
    alone = Trainer.of(about.with_network(about.network.copy()), 8, 5)
    expected = np.empty(runner.trainer.step)
    alone.run(runner.trainer.step, expected)
    assert np.array_equal(losses_of(parcels), expected.astype(np.float32))
    assert snapshot is not None
    assert (snapshot.step, snapshot.epoch) == (alone.step, alone.epoch)
    assert np.array_equal(snapshot.network.theta, alone.network.theta)


def test_parcels_say_where_they_start() -> None:
    mailbox = Mailbox()
    runner = Runner(load(problem()), mailbox)
    runner.train()
    for _ in range(3):
        runner.slice(0.002)
    parcels, _ = mailbox.take()
    made = 0
    for parcel in parcels:
        assert parcel.start == made
        made += len(parcel.losses)
    assert made == runner.trainer.step


def test_a_step_longer_than_a_slice_is_still_made() -> None:
    runner = Runner(load(problem()), Mailbox(), TickingClock(0.0079))
    runner.train()
    runner.slice(0.01)
    runner.slice(0.01)
    assert runner.trainer.step == 2


def test_aims() -> None:
    runner = Runner(load(problem()), Mailbox())
    for aim, step in (
        (runner.pause, 0),
        (runner.aim_at_step, 1),
        (runner.aim_at_epoch, 3),
        (runner.aim_at_epoch, 6),
        (runner.pause, 6),
    ):
        aim()
        runner.slice(60.0)
        assert (runner.trainer.step, runner.done) == (step, True)
    runner.train()
    assert not runner.done


def test_divergence_leaves_the_losses_before_it_and_a_good_state() -> None:
    mailbox = Mailbox()
    runner = Runner(load(problem(1e150, "half_squared_error", 1e3)), mailbox)
    runner.train()

    def train_on() -> None:
        while True:
            runner.slice(0.008)

    with pytest.raises(NonFiniteError) as raised:
        train_on()
    runner.give_up()
    parcels, snapshot = mailbox.take()
    losses = losses_of(parcels)
    assert snapshot is not None
    assert len(losses) == raised.value.step - 1
    assert np.isfinite(losses).all()
    assert np.isfinite(snapshot.network.theta).all()
    assert parcels[-1].step == snapshot.step
    assert snapshot.step < raised.value.step


def test_evaluation_and_pictures_keep_to_their_share_of_the_time() -> None:
    clock = TickingClock(0.0)
    pace = Pace(rate=10, share=0.25, clock=clock, effort=clock)

    def take(seconds: float) -> None:
        clock.now += seconds

    assert pace.due()
    pace.do(lambda: take(0.01))
    clock.now = 0.0999
    assert not pace.due()
    clock.now = 0.1001
    assert pace.due()
    pace.do(lambda: take(1.0))
    clock.now = 0.1001 + 1.0 + 2.99
    assert not pace.due()
    clock.now = 0.1001 + 1.0 + 3.01
    assert pace.due()


def test_milestones_are_dense_at_first_and_end_with_their_budget() -> None:
    clock = TickingClock(0.0)
    milestones, seen = Milestones(budget=0.3, effort=clock), []

    def take() -> None:
        seen.append(step)
        clock.now += 0.01

    for step in range(1, 1000):
        milestones.do(step, take)
    assert seen[:12] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14]
    assert len(seen) == 30
    assert milestones.steps_to(1000) is None


def test_a_run_is_measured_densely_while_it_is_young() -> None:
    mailbox = Mailbox()
    runner = Runner(load(problem()), mailbox)
    runner.aim_at_epoch()
    runner.slice(60.0)
    parcels, _ = mailbox.take()
    assert {parcel.evaluation.step for parcel in parcels if parcel.evaluation is not None} == {1, 2, 3}


def test_the_mailbox_keeps_every_parcel_and_the_newest_snapshot() -> None:
    mailbox, network = Mailbox(), Network.random((2, 2))
    for step in range(100):
        mailbox.post(Parcel(1, step, np.full(1, step, np.float32), step + 1, 0))
        mailbox.show(Snapshot(1, step + 1, 0, network))
    parcels, snapshot = mailbox.take()
    assert list(losses_of(parcels)) == list(range(100))
    assert snapshot is not None
    assert snapshot.step == 100
    assert mailbox.take() == ((), None)


def test_a_snapshot_cannot_be_written() -> None:
    mailbox = Mailbox()
    Runner(load(problem()), mailbox).show()
    _, snapshot = mailbox.take()
    assert snapshot is not None
    for array in (snapshot.network.theta, *snapshot.network.parameters.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_evaluation_of_a_full_batch_is_the_objective(reduction: str) -> None:
    objective = Objective("mean" if reduction == "mean" else "sum", l2=0.1)
    about = replace(problem(), objective=objective)
    mailbox = Mailbox()
    Runner(load(about, batch_size=20), mailbox).evaluate()
    (parcel,), _ = mailbox.take()
    assert parcel.evaluation is not None
    assert parcel.evaluation.train_loss == pytest.approx(about.loss(), rel=1e-12)
    assert np.isnan(parcel.evaluation.test_loss)
    assert np.isnan(parcel.evaluation.test_accuracy)


def test_a_large_set_is_measured_on_a_fixed_part_of_it() -> None:
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(5000, 3)), np.eye(2)[rng.integers(0, 2, 5000)]
    float64 = np.dtype(np.float64)
    first, second = SampleSet(X, Y, 3, float64), SampleSet(X, Y, 3, float64)
    assert len(first.X) == len(first.Y) == MOST_SAMPLES
    assert np.array_equal(first.X, second.X)
    network = problem().network
    evaluation = Evaluator(first, second, Objective(), 8).evaluate(network, 9)
    assert evaluation.step == 9
    assert evaluation.train_loss == evaluation.test_loss
    assert evaluation.train_loss == pytest.approx(Problem(network, first.X, first.Y).loss())


def test_real_valued_targets_have_no_accuracy() -> None:
    about = problem(loss="half_squared_error")
    samples = SampleSet(about.X, about.Y + 0.5, 0, np.dtype(np.float64))
    loss, share = samples.measure(about.network)
    assert np.isfinite(loss)
    assert np.isnan(share)


def until_rest(runner: Runner) -> None:
    runner.train()
    for _ in range(200):
        if runner.done:
            break
        runner.slice(0.01)
    assert runner.done


def with_stops(about: Problem, stops: Stops, *, held_out: int = 8) -> Load:
    about = about.with_network(about.network.copy())
    return replace(load(about), problem=about, test_X=about.X[:held_out], test_Y=1 - about.Y[:held_out], stops=stops)


def test_a_run_rests_each_time_that_its_epochs_are_done() -> None:
    runner = Runner(with_stops(problem(), Stops(epochs=4)), Mailbox(), TickingClock(1e-3))
    until_rest(runner)
    assert (runner.trainer.epoch, runner.trainer.step, runner.stopped) == (4, 12, "4 epochs done")
    runner.aim_at_step()
    runner.slice(0.01)
    assert (runner.trainer.step, runner.stopped) == (13, "")
    until_rest(runner)
    assert (runner.trainer.epoch, runner.stopped) == (8, "8 epochs done")


def test_the_end_of_a_run_may_be_moved_while_it_goes_on() -> None:
    runner = Runner(with_stops(problem(), Stops()), Mailbox(), TickingClock(1e-3))
    runner.train()
    runner.slice(0.02)
    assert not runner.done
    runner.set_stops(Stops(epochs=100))
    for _ in range(200):
        runner.slice(0.02)
    assert (runner.trainer.epoch, runner.stopped) == (100, "100 epochs done")
    runner.set_stops(Stops())
    assert runner.done


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_early_stopping_goes_back_to_the_best_weights_and_their_optimizer(optimizer: str) -> None:
    about = replace(problem(), update=Update(optimizer, 0.05))
    wanted = with_stops(about, Stops(patience=3))  # the held-out labels are the wrong ones: it gets worse at some time
    mailbox = Mailbox()
    runner = Runner(wanted, mailbox, TickingClock(1e-3))
    until_rest(runner)
    runner.finish()
    alone = Trainer.of(about.with_network(about.network.copy()), 8, 5)
    samples = SampleSet(wanted.test_X, wanted.test_Y, 5, np.dtype(np.float64))
    losses, thetas, states = [], [], []
    for _ in range(runner.trainer.epoch):
        alone.run(alone.steps_per_epoch)
        losses.append(samples.measure(alone.network)[0])
        thetas.append(alone.network.theta.copy())
        states.append([vector.copy() for vector in alone.optimizer.state.values()])
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + 3
    assert runner.stopped == f"best of epoch {best + 1}"
    assert runner.kept_step == 3 * (best + 1) == runner.trainer.optimizer.steps
    assert np.array_equal(runner.trainer.network.theta, thetas[best])
    for vector, expected in zip(runner.trainer.optimizer.state.values(), states[best], strict=True):
        assert np.array_equal(vector, expected)
    parcels, snapshot = mailbox.take()
    assert snapshot is not None
    assert np.array_equal(snapshot.network.theta, thetas[best])
    assert snapshot.memory.updates == 3 * (best + 1)
    newest = [parcel.evaluation for parcel in parcels if parcel.evaluation is not None][-1]
    assert newest.test_loss == losses[best]
    until_rest(runner)
    assert runner.trainer.epoch == len(losses) + 3


def test_without_held_out_samples_there_is_no_early_stopping() -> None:
    runner = Runner(with_stops(problem(), Stops(epochs=30, patience=1), held_out=0), Mailbox(), TickingClock(1e-3))
    until_rest(runner)
    assert (runner.trainer.epoch, runner.kept_step) == (30, None)

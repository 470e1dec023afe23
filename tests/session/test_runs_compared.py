"""Kept runs side by side: the table of what sets them apart, their rates, and what they are called."""

from msgspec.structs import replace

from explorer.session import Edit
from explorer.session.opening import open_data
from explorer.session.runs import KeptRun
from explorer.session.runs_commands import KeepRuns
from explorer.session.runs_comparing import lane_moment, lane_of
from explorer.session.runs_table import Row, rate_words, settings_words, side_by_side
from tests.session.kept import names, session_of, train


def table(*runs: KeptRun) -> dict[str, Row]:
    return {row.title: row for row in side_by_side([run.moment for run in runs])}


def test_the_table_marks_what_differs() -> None:
    session = session_of()
    train(session)
    session.keep_run("a")
    session.configure(replace(session.state.settings, optimizer="adam", learning_rate=0.02, seed=2))
    train(session, 9)
    session.keep_run("b")
    rows = table(*session.state.runs)
    assert rows["optimiser"].cells == ("SGD", "Adam")
    assert rows["rate"].cells == ("0.1", "0.02")
    assert rows["beta1"].cells == ("—", "0.9")
    assert rows["steps"].cells == ("5", "9")
    assert {title for title, row in rows.items() if row.differs and not row.is_result} == {
        *("seed", "optimiser", "rate", "beta1", "beta2", "epsilon"),
    }
    assert "momentum" not in rows
    assert settings_words(session.state.runs[1].moment) == "2-4-2 tanh · Adam 0.02 · batch 16 · seed 2"


def test_a_run_tells_the_rates_of_its_own_updates() -> None:
    session = session_of()
    train(session)
    session.configure(replace(session.state.settings, learning_rate=0.5))
    train(session, 3)
    session.configure(replace(session.state.settings, learning_rate=0.7))
    session.keep_run()
    assert rate_words(session.state.runs[0].moment) == "0.1 → 0.5"
    session.look_at(5)
    session.continue_here()
    train(session, 2)
    session.keep_run()
    assert rate_words(session.state.runs[-1].moment) == "0.1 → 0.7"


def test_what_was_changed_by_hand_is_told() -> None:
    session = session_of()
    train(session)
    session.keep_run()
    session.do(Edit(("W1", (0, 0)), 0.5))
    train(session, 2)
    session.keep_run()
    assert table(*session.state.runs)["changed by hand"].cells == ("—", "W1")


def test_compared_runs_are_called_by_what_sets_them_apart() -> None:
    session = session_of()

    def keep_compared() -> str:
        lane = lane_of(session.state, "sgd", 0.1)
        session.do(KeepRuns(((lane.name, lane_moment(session.state, lane)),)))
        return lane.name

    assert [keep_compared(), keep_compared()] == ["SGD 0.1", "SGD 0.1 (2)"]
    session.configure(replace(session.state.settings, batch_size=8))
    assert keep_compared() == "SGD 0.1 · batch 8"
    session.open(*open_data("circles", session.state.settings))
    assert keep_compared() == "SGD 0.1 · Circles"
    session.configure(replace(session.state.settings, seed=3, hidden=(5,)))
    assert [keep_compared(), keep_compared()] == ["SGD 0.1 · Circles · 2-5-2", "SGD 0.1 · Circles · 2-5-2 (2)"]
    assert names(session) == list(dict.fromkeys(names(session)))

"""How everything is written is part of the state: chosen, kept, saved, and taken from a problem that has a wish."""

import pytest
from msgspec.structs import replace

from explorer.engine import ExplorerError
from explorer.problems import load_problem
from explorer.session import Session, Settings, Subject
from explorer.session.saving import problem_to_save
from explorer.tape import notation, notations


def subject_in(name: str) -> Subject:
    return Subject.of_problem("net-s", replace(load_problem("net-s"), notation=name))


def session_in(name: str = "row") -> Session:
    return Session(subject_in(name), Settings())


def test_a_problem_opens_in_its_own_notation() -> None:
    assert session_in("delta").state.script is notation("delta")


def test_the_choice_is_told_and_changes_nothing_else() -> None:
    session = session_in()
    session.go_to(7)
    before = session.state
    seen = []
    session.subscribe(lambda _old, new: seen.append(new.script))
    session.write_in("column")
    session.lay_out("numerator")
    assert seen == [notation("column"), notation("column", "numerator")]
    assert replace(session.state, notation="row", layout="denominator") == before


def test_the_next_notation_goes_around_them_all() -> None:
    session = session_in()
    seen = []
    for _ in notations():
        session.write_in_next()
        seen.append(session.state.notation)
    assert sorted(seen) == sorted(notations())
    assert seen[-1] == "row"


def test_the_choice_stays_until_a_problem_has_another_wish() -> None:
    session = session_in()
    session.write_in("bracket")
    session.lay_out("numerator")
    session.reset()
    assert session.state.script is notation("bracket", "numerator")
    session.open(subject_in("row"), Settings())
    assert session.state.script is notation("bracket", "numerator")
    session.open(subject_in("delta"), Settings())
    assert session.state.script is notation("delta", "numerator")


def test_what_is_unknown_is_refused_and_changes_nothing() -> None:
    session = session_in()
    with pytest.raises(ExplorerError, match="notation 'greek' is unknown"):
        session.write_in("greek")
    assert session.state.notation == "row"


def test_a_problem_is_saved_in_the_notation_that_is_shown() -> None:
    session = session_in()
    session.write_in("write-up-004")
    assert problem_to_save(session.state).notation == "write-up-004"

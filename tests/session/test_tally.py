"""The tally of who guesses first: of each step of a pass, the first answer counts and no other."""

from explorer.session import NextUpdate
from explorer.session.tally import Tally
from tests.graph.showing import shelf_session


def test_the_first_answer_to_each_step_of_a_pass_counts() -> None:
    session, tally = shelf_session("net-s", "z1"), Tally()
    assert tally.text == ""
    tally.count(session.state, right=False)
    tally.count(session.state, right=True)
    assert tally.text == "0 of 1 at the first try"
    session.go_to_step("h1")
    tally.count(session.state, right=True)
    assert tally.text == "1 of 2 at the first try"
    session.do(NextUpdate())
    session.go_to_step("h1")
    tally.count(session.state, right=True)
    assert tally.text == "2 of 3 at the first try"

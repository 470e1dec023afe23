"""A hidden mistake is made and told nowhere; revealing names it, undo takes it back, another choice ends the puzzle."""

from pathlib import Path

from explorer.data import finished, load_dataset
from explorer.problems import load_problem
from explorer.session import Mistakes, Session, Settings, Subject
from explorer.session.gradient_notice import gradient_notice
from explorer.session.moment import Moment
from explorer.session.puzzles import Hide, Reveal
from explorer.session.runs_table import mistakes_words
from explorer.session.stored.session_file import opening_session, saving_session


def hiding() -> Session:
    problem = load_problem("net-s")
    session = Session(Subject.of_problem("net-s", problem), Settings.of_problem(problem))
    session.do(Hide("sign_slip", 7))
    return session


def test_nothing_names_what_is_hidden() -> None:
    session = hiding()
    state = session.state
    moment = Moment.of(state, session.history)
    told = (session.undo_text, gradient_notice(state).text, mistakes_words(moment), *(s.text for s in state.tape.steps))
    assert state.subject.problem.mistakes == ("sign_slip",)
    assert not any("sign" in words for words in told)
    assert session.undo_text == "a hidden mistake"


def test_revealing_names_it_and_undo_hides_it_again_and_then_takes_it_back() -> None:
    session = hiding()
    hidden = session.state.tape["dJ/dz2"]
    session.do(Reveal())
    assert "a sign slip" in session.state.tape["dJ/dz2"].text
    assert session.state.subject.problem.puzzle == 0
    session.undo()
    assert session.state.subject.problem.puzzle == 7
    assert session.state.tape["dJ/dz2"].text == hidden.text
    session.undo()
    assert session.state.subject.problem.mistakes == ()
    session.do(Reveal())
    assert session.redo_text == "a hidden mistake"


def test_choosing_mistakes_ends_the_puzzle() -> None:
    session = hiding()
    session.do(Mistakes(("sign_slip",)))
    assert session.state.subject.problem.puzzle == 0
    session.do(Mistakes(()))
    assert session.state.subject.problem.mistakes == ()


def test_the_puzzle_stays_with_other_settings() -> None:
    settings = Settings((5,), "tanh", 0.1, 16)
    session = Session(Subject.of_data(load_dataset("moons"), settings), settings)
    session.do(Hide("sign_slip", 7))
    session.configure(Settings((6,), "tanh", 0.1, 16))
    assert (session.state.subject.problem.mistakes, session.state.subject.problem.puzzle) == (("sign_slip",), 7)


def test_a_saved_puzzle_comes_back_as_one(tmp_path: Path) -> None:
    session = hiding()
    path = finished(saving_session(session.saved(), tmp_path / "puzzle.bpx"))
    back = finished(opening_session(path)).state(1).subject.problem
    assert (back.mistakes, back.puzzle) == (("sign_slip",), 7)

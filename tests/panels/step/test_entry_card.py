"""One entry in numbers: right for every step, honest about rounding, with as many digits as chosen."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Problem
from explorer.panels.step.entry_card import EntryCard
from explorer.panels.step.entry_flow import groups
from explorer.panels.step.focus import entry_of_cell
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Atom, Reading, Spelling
from explorer.session import Session, shown_problem
from explorer.tape import record
from explorer.tape.numbers import number_of, shown
from tests.cases import problems
from tests.panels.step.stepping import random_problem, session_of, soft_problem


def spelled(session: Session, step: str, index: tuple[int, ...], digits: int = 4) -> Spelling:
    """Spell an entry of a session's tape."""
    state = session.state
    return spell(Reading(state.tape, state.tape[step], index, shown_problem(state), digits))


@pytest.mark.parametrize(
    ("step", "index", "text"),
    [
        ("z1", (0, 0), "1.0000 · 1.0000 + (−1.0000) · 0.5000 + 0.0000 = 0.5000"),
        ("h1", (0, 0), "σ(0.5000) = 0.6225"),
        ("p", (0, 1), "exp(−0.4523) / (exp(0.6821) + exp(−0.4523)) = 0.2434"),
        ("J", (), "− log 0.2434 = 1.4132"),
        ("dJ/dz2", (0, 1), "0.2434 − 1 = −0.7566"),
        ("dJ/dW2", (0, 0), "0.6225 · 0.7566 = 0.4710"),
        ("dJ/db2", (1,), "−0.7566 = −0.7566"),
        ("dz2/dh1", (1, 0), "−1.0000 = −1.0000"),
        ("dh1/dz1", (0, 1), "0.1192 · (1 − 0.1192) = 0.1050"),
        ("dJ/dz1", (0, 0), "1.5133 · 0.2350 = 0.3556"),
        ("W1+", (0, 0), "1.0000 − 0.5 · 0.3556 = 0.8222"),
    ],
)
def test_net_s_in_numbers(step: str, index: tuple[int, ...], text: str) -> None:
    assert spelled(session_of("net-s"), step, index).text == text


def test_says_where_the_digits_do_not_add_up() -> None:
    session = session_of("net-s")
    assert spelled(session, "dJ/dz1", (0, 0)).adds_up
    assert not spelled(session, "dJ/dh1", (0, 0)).adds_up  # 0.7566 + 0.7566 is not 1.5133
    assert spelled(session, "dJ/dh1", (0, 0), digits=17).adds_up


def test_a_long_sum_says_what_the_terms_that_it_leaves_out_add_up_to() -> None:
    session = session_of(random_problem((64, 4, 2)))
    x, W = (session.state.tape.value(name) for name in ("x", "W1"))
    terms = sorted((x[0] * W[:, 0]).tolist(), key=abs)
    text = spelled(session, "z1", (0, 0)).text
    assert f"… 62 smaller terms that add up to {shown(math.fsum(terms[:62]))} … + 0.0000 =" in text
    assert text.count("·") == 2


def test_of_a_long_sum_the_largest_terms_are_written_and_zeros_are_counted() -> None:
    sparse = np.zeros((1, 64))
    sparse[0, [40, 50, 60]] = 1.0, 3.0, -2.0
    session = session_of(replace(random_problem((64, 4, 2)), X=sparse))
    weights = session.state.tape.value("W1")[:, 0]
    by_size = sorted((40, 50, 60), key=lambda k: -abs(sparse[0, k] * weights[k]))
    spelling = spelled(session, "z1", (0, 0))
    assert [atom.cell for atom in spelling.atoms if atom.cell and atom.cell[0] == "x"] == [
        ("x", (0, k)) for k in by_size[:2]
    ]
    assert "… 62 smaller terms, 61 of them 0, that add up to" in spelling.text


def test_of_many_classes_the_largest_stand_in_the_softmax_and_the_rest_can_be_opened() -> None:
    session = session_of(random_problem((3, 4, 20)))
    spelling = spelled(session, "p", (0, 0))
    logits = session.state.tape.value("z2")[0]
    largest = np.argsort(-logits)[:3].tolist()
    assert [atom.cell for atom in spelling.atoms if atom.cell][1:-1] == [("z2", (0, k)) for k in largest]
    assert [atom.opens for atom in spelling.atoms][-5:-2] == [True] * 3
    assert spelling.atoms[-3].text.endswith("…)")


def test_a_sum_over_twelve_terms_shows_all_of_them() -> None:
    session = session_of(random_problem((11, 4, 2), samples=5))
    for step, terms in (("z1", 12), ("dJ/db1", 5), ("J", 5)):
        text = spelled(session, step, (0,) * session.state.tape[step].value.ndim).text
        assert "…" not in text
        assert max(text.count(sign) for sign in (" + ", "log")) >= terms - 1


def test_the_difference_of_soft_targets_has_their_sum() -> None:
    session = session_of(soft_problem((2, 3, 3), samples=2))
    p, y = (session.state.tape.value(name)[1] for name in "py")
    text = spelled(session, "dJ/dz2", (1, 2)).text
    assert text.startswith(f"1/2 · ({shown(p[2])} · {y.sum():g} − {shown(y[2])}) =")


def test_of_large_logits_the_largest_is_taken_off() -> None:
    assert spelled(session_of("softmax-edge"), "p", (0, 0), digits=17).adds_up


def test_the_loss_after_the_update_says_which_way_it_went() -> None:
    assert spelled(session_of("net-s"), "J+", ()).text == "1.4132 → 0.6292 (falls by 0.7840)"


@settings(max_examples=60, deadline=None)
@given(problems())
def test_every_entry_of_every_step_is_spelled_with_its_result(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        index = (0,) * step.value.ndim
        spelling = spell(Reading(tape, step, index, problem, 17))
        value = float(step.value[index])
        results = [number_of(a.text) for a in spelling.atoms if a.cell == (step.id, index)]
        assert results == [value] or math.isnan(value)


def test_an_operand_leads_to_the_entry_that_it_makes() -> None:
    tape = session_of("net-s").state.tape
    assert entry_of_cell(tape, tape["z2"], ("W2", (1, 1)), (0, 0)) == (0, 1)
    assert entry_of_cell(tape, tape["dJ/dW2"], ("h1", (0, 1)), (0, 0)) == (1, 0)
    assert entry_of_cell(tape, tape["dz2/dh1"], ("W2", (0, 1)), (0, 0)) == (1, 0)
    assert entry_of_cell(tape, tape["z2"], ("W1", (0, 0)), (0, 0)) is None
    assert entry_of_cell(tape, tape["z2"], ("z2", (0, 7)), (0, 0)) is None


def test_products_stay_together() -> None:
    atoms = tuple(map(Atom, ("0.5", "·", "1.0", "+", "(−2.0)", "·", "3.0", "=", "5.5")))
    assert [[atom.text for atom in group] for group in groups(atoms)] == [
        ["0.5", "·", "1.0"],
        ["+", "(−2.0)", "·", "3.0"],
        ["=", "5.5"],
    ]


@pytest.fixture
def card(look: QApplication, qtbot: QtBot) -> EntryCard:
    made = EntryCard()
    qtbot.addWidget(made)
    made.resize(374, 80)
    made.show()
    return made


def show(card: EntryCard, session: Session, step: str, index: tuple[int, ...]) -> None:
    """Show an entry."""
    state = session.state
    card.show_entry(state.tape, state.tape[step], index, shown_problem(state), state.script)
    QApplication.processEvents()  # the line's height is that of what it is scrolled in


def test_the_card_counts_from_one(card: EntryCard) -> None:
    show(card, session_of("net-s"), "dJ/dh1", (0, 1))
    assert card.title == "entry [1, 2]"


def test_the_card_says_rounded_until_all_digits_are_shown(card: EntryCard, qtbot: QtBot) -> None:
    show(card, session_of("net-s"), "dJ/dh1", (0, 0))
    assert card.says_rounded
    actions = card.digits_button.menu().actions()
    with qtbot.waitSignal(card.digits_chosen) as heard:
        actions[-1].trigger()
    assert heard.args == [17]
    assert "1.5132708" in card.spelling.text
    assert card.spelling.adds_up


@pytest.mark.parametrize("digits", [2, 4, 6, 8, 17])
def test_no_number_is_clipped(card: EntryCard, digits: int) -> None:
    card.set_digits(digits)
    session = session_of(random_problem((10, 5, 10), samples=3))
    for step in session.state.tape.steps:
        show(card, session, step.id, (0,) * step.value.ndim)
        for spot in card.line._placed:
            assert spot.area.right() <= card.line.width() + 1, (step.id, spot.atom)
            assert spot.area.bottom() <= card.line.height() + 1


def test_pointing_at_a_number_names_its_cell(card: EntryCard, qtbot: QtBot) -> None:
    show(card, session_of("net-s"), "dJ/dz1", (0, 0))
    spot = card.line._placed[2]
    with qtbot.waitSignal(card.cell_hovered) as heard:
        qtbot.mouseMove(card.line, spot.area.center().toPoint())
    assert heard.args == [("dh1/dz1", (0, 0))]


def long_sum(card: EntryCard) -> None:
    """Show an entry that is a sum of 41 terms."""
    show(card, session_of(random_problem((40, 3, 2))), "z1", (0, 0))
    assert card.line.leaves_out


def test_what_stands_for_terms_left_out_opens_by_click_and_by_key(card: EntryCard, qtbot: QtBot) -> None:
    long_sum(card)
    spot = next(spot for spot in card.line._placed if spot.atom.opens)
    qtbot.mouseClick(card.line, Qt.MouseButton.LeftButton, pos=spot.area.center().toPoint())
    assert card.shows_all_terms
    assert card.spelling.text.count("·") == 40
    QApplication.processEvents()
    assert card.line.height() > card.line.visibleRegion().boundingRect().height()  # it is scrolled
    seen = []
    for _ in range(3):
        qtbot.keyClick(card.line, Qt.Key.Key_Return)
        seen.append(card.line.leaves_out)
    assert seen == [True, False, True]
    qtbot.keyClick(card.line, Qt.Key.Key_Return)
    qtbot.mouseClick(card.fewer, Qt.MouseButton.LeftButton)
    assert card.line.leaves_out


def test_another_step_is_shown_short_again(card: EntryCard) -> None:
    long_sum(card)
    card.toggle_terms()
    session = session_of(random_problem((40, 3, 2)))
    show(card, session, "J", ())
    assert not card.shows_all_terms


def test_the_line_can_be_copied(card: EntryCard, qtbot: QtBot) -> None:
    long_sum(card)
    qtbot.keyClick(card.line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == card.spelling.text


def test_the_menu_opens_by_key(card: EntryCard) -> None:
    assert card.digits_button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert card.digits_button.text() == "4 digits"

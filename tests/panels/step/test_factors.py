"""An entry of a gradient as the product of its named factors: the write-ups' formulas with this entry's numbers."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Network, Problem
from explorer.panels.step.entry_card import EntryCard
from explorer.panels.step.spelling import Reading
from explorer.panels.step.spelling_factors import forms_of
from explorer.session import Session, shown_problem
from explorer.tape import Tape, notation, record
from explorer.tape.names import parse
from explorer.tape.numbers import number_of, shown
from tests.cases import problems
from tests.panels.step.stepping import random_problem, session_of

SPELLED = str.maketrans({"·": "*", "−": "-", "²": None})


def forms(problem: Problem, step: str, index: tuple[int, ...], written: str = "row", digits: int = 4) -> list[str]:
    """Return the forms of an entry, as text."""
    tape = record(problem)
    return [form.text for form in forms_of(Reading(tape, tape[step], index, problem, digits, notation(written)))]


def forms_in(session: Session, step: str, index: tuple[int, ...], written: str = "row", digits: int = 4) -> list[str]:
    return forms(shown_problem(session.state), step, index, written, digits)


def worth(numbers: str) -> float:
    """Work out what is written, left of the last equals sign."""
    left = numbers.rpartition("=")[0].replace("²", "**2").translate(SPELLED)
    assert re.fullmatch(r"[-+*/(). 0-9e]*", left), left
    return float(eval(left))  # noqa: S307 (arithmetic alone, as was just seen)


def test_004_20_on_net_s() -> None:
    full, short = forms_in(session_of("net-s"), "dJ/dW1", (0, 0))
    assert full.split("\n") == [
        "(Σₖ W₂[1,k] · (p[k] − y[k])) · h[1] · (1 − h[1]) · x[1]",
        "(1.0000 · (0.7566 − 0) + (−1.0000) · (0.2434 − 1)) · 0.6225 · (1 − 0.6225) · 1.0000 = 0.3556",
    ]
    assert short.split("\n")[1] == "1.5133 · 0.6225 · (1 − 0.6225) · 1.0000 = 0.3556"
    assert worth(forms_in(session_of("net-s"), "dJ/dW1", (0, 0), digits=17)[0].split("\n")[1]) == pytest.approx(
        0.355624, abs=5e-7
    )


@pytest.mark.parametrize(
    ("step", "index", "names"),
    [
        ("dJ/db1", (1,), "(Σₖ V[2,k] · (y[k] − t[k])) · h[2] · (1 − h[2])"),
        ("dJ/dW1", (1, 0), "(Σₖ V[1,k] · (y[k] − t[k])) · h[1] · (1 − h[1]) · x[2]"),
        ("dJ/dz1", (0, 1), "(Σₖ V[2,k] · (y[k] − t[k])) · h[2] · (1 − h[2])"),
        ("dJ/dh1", (0, 1), "Σₖ V[2,k] · (y[k] − t[k])"),
        ("dJ/dW2", (0, 1), "(y[2] − t[2]) · h[1]"),
        ("dJ/db2", (1,), "y[2] − t[2]"),
    ],
)
def test_the_names_are_those_of_write_up_004(step: str, index: tuple[int, ...], names: str) -> None:
    assert forms_in(session_of("net-s"), step, index, "write-up-004")[0].split("\n")[0] == names


def test_in_columns_the_weights_are_named_as_they_are_written() -> None:
    assert "W₂[k,1]" in forms_in(session_of("net-s"), "dJ/dW1", (0, 0), "column")[0]


def test_every_activation_and_loss_of_the_shelf_has_its_own_factors() -> None:
    mazur = forms_in(session_of("mazur"), "dJ/dW2", (0, 0))[0].split("\n")
    assert mazur[0] == "(h₂[1] − y[1]) · h₂[1] · (1 − h₂[1]) · h₁[1]"
    assert "ReLU′(z₁[1])" in forms_in(session_of("dead-relu"), "dJ/db1", (0,))[0]
    tanh = forms(random_problem((3, 4, 2)), "dJ/db1", (0,))[0]
    assert "· (1 − h[1]²)" in tanh


def test_of_a_deeper_net_the_next_layers_gradient_is_a_factor() -> None:
    names = forms(random_problem((2, 2, 2, 3)), "dJ/db1", (0,))[0].split("\n")[0]
    assert names == "(Σₖ W₂[1,k] · ∂J/∂z₂[k]) · (1 − h₁[1]²)"


def test_a_long_sum_is_written_by_its_number() -> None:
    (form,) = forms(random_problem((3, 4, 9)), "dJ/dW1", (0, 0))
    assert form.split("\n")[1].count("·") == 2


@pytest.mark.parametrize("step", ["z1", "p", "J", "dJ/dz2", "dh1/dz1", "dJ/dx", "W1+", "J+"])
def test_what_has_nothing_to_substitute_has_its_own_line_alone(step: str) -> None:
    session = session_of("net-s", step)
    assert forms_in(session, step, (0,) * session.state.step.value.ndim) == []


def test_several_samples_and_mistakes_have_the_own_line_alone() -> None:
    batch = random_problem((2, 3, 2), samples=3)
    assert forms(batch, "dJ/dW1", (0, 0)) == []
    assert forms(batch, "dJ/dz1", (1, 0))[0].startswith("(Σₖ W₂[1,k] · 1/3 · (p[k] − y[k]))")
    wrong = replace(shown_problem(session_of("net-s").state), mistakes=("sign_slip",))
    assert forms(wrong, "dJ/dW1", (0, 0)) == []


@settings(max_examples=80, deadline=None)
@given(problems())
def test_what_is_written_is_what_the_entry_is(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        index = tuple(size - 1 for size in step.value.shape)
        for text in forms(problem, step.id, index, digits=17):
            names, numbers = text.split("\n")
            value = float(step.value[index])
            assert number_of(numbers.rpartition("= ")[2]) == value
            assert worth(numbers) == pytest.approx(value, rel=1e-7, abs=1e-12)
            assert meant(names, tape, index) == pytest.approx(value, rel=1e-7, abs=1e-12)


def meant(names: str, tape: Tape, index: tuple[int, ...]) -> float:
    """Work out what the names stand for, from the arrays of the tape: indices count from 1, the sample is left out."""
    row = index[0] if len(index) == 2 and tape.samples > 1 else 0
    known = {*tape.given, *(step.id for step in tape.steps)}
    arrays = {notation().text(name, tape.activations): name for name in known if not name.startswith("dz")}
    text = names.replace("²", "**2").translate(SPELLED)
    text = re.sub(r"[^ (]+′\((z[₀-₉]+)\[", lambda found: f"slope({found[1]}[", text)
    text = re.sub(r"slope\((z([₀-₉]+)\[(\w+)\])\)", lambda f: f"of('dh{plain(f[2])}/dz{plain(f[2])}', {f[3]})", text)
    each = "|".join(map(re.escape, sorted(arrays, key=len, reverse=True)))
    text = re.sub(rf"({each})\[([\w,]+)\]", lambda found: f"of({arrays[found[1]]!r}, {found[2]})", text)
    text = text.replace("Σy", "* of_y_all")

    def of(name: str, *place: int) -> float:
        value = tape.value(name)
        own = value[row] if parse(name).symbol != "W" else value
        return float(own[tuple(k - 1 for k in place)])

    return worked_out(text, of, float(tape.value("y")[row].sum()), tape)


def plain(subscript: str) -> str:
    return subscript.translate({ord("₀") + k: str(k) for k in range(10)})


def worked_out(text: str, of: Callable[..., float], mass: float, tape: Tape) -> float:
    """Evaluate a product in which at most one sum stands, at its beginning."""
    units = {name: tape.value(name).shape[1] for name in re.findall(r"of\('(W\d+)', \w+,k\)", text)}
    given = {"of": of, "of_y_all": mass}
    if "Σₖ" not in text:
        return float(eval(text, given))  # noqa: S307 (made of the names above alone)
    before, _, rest = text.partition("Σₖ ")
    end, depth = len(rest), 0
    for place, letter in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            end = place
            break
    (width,) = units.values()
    total = sum(float(eval(rest[:end], {**given, "k": k + 1})) for k in range(width))  # noqa: S307
    return float(eval(f"{before}{total!r}{rest[end:]}", given))  # noqa: S307


def test_what_has_left_the_numbers_has_no_factors() -> None:
    network = Network.random((2, 3, 2), "relu", seed=1)
    for values in network.parameters.values():
        values[...] = math.inf
    problem = replace(random_problem((2, 3, 2)), network=network)
    assert forms(problem, "dJ/dW1", (0, 0)) == []


@pytest.mark.parametrize("scale", [1e80, 1e150, 1e200, 1e300])
@pytest.mark.parametrize("loss", ["softmax_cross_entropy", "half_squared_error"])
def test_a_run_that_diverges_may_be_looked_at(loss: str, scale: float) -> None:
    network = Network.random((2, 2, 2), "relu", loss=loss, seed=1)
    for values in network.parameters.values():
        np.multiply(values, scale, out=values)
    tape = record(problem := replace(random_problem((2, 2, 2)), network=network))
    for step in tape.steps:
        for index in np.ndindex(step.value.shape):
            for form in forms(problem, step.id, index):
                assert form.endswith(f"= {shown(float(step.value[index]))}")


@pytest.fixture
def card(look: QApplication, qtbot: QtBot) -> EntryCard:
    made = EntryCard()
    qtbot.addWidget(made)
    made.resize(374, 80)
    made.set_room(522)
    made.show()
    return made


def show(card: EntryCard, session: Session, step: str, index: tuple[int, ...]) -> None:
    state = session.state
    card.show_entry(state.tape, state.tape[step], index, shown_problem(state), state.script)
    QApplication.processEvents()  # the line's height is that of what it is scrolled in


def test_the_card_writes_the_factors_below_the_entry(card: EntryCard, qtbot: QtBot) -> None:
    show(card, session_of("net-s"), "dJ/dW1", (0, 0))
    assert card.spelling.text == "1.0000 · 0.3556 = 0.3556"
    assert card.line.spelling.text == f"{card.spelling.text}\n{card.factors.text}"
    assert card.line.lines == 4
    assert "\n(the sum over k of W2[1,k] · (p[k] − y[k])) · h[1] · (1 − h[1]) · x[1]\n" in card.line.accessibleName()
    assert card.line.visibleRegion().boundingRect().size() == card.line.size()
    named = next(spot for spot in card.line._placed if spot.atom.cell == ("W2", (0, 1)))
    with qtbot.waitSignal(card.cell_hovered) as heard:
        qtbot.mouseMove(card.line, named.area.center().toPoint())
    assert heard.args == [("W2", (0, 1))]
    qtbot.keyClick(card.line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == card.line.spelling.text


def test_a_tall_card_writes_them_in_larger_letters(card: EntryCard) -> None:
    show(card, session_of("net-s"), "dJ/dW1", (0, 0))
    before = card.line._font.pixelSize()
    card.set_room(850)
    QApplication.processEvents()
    assert card.line._font.pixelSize() > before
    assert card.line.visibleRegion().boundingRect().size() == card.line.size()


def test_where_there_is_no_room_the_sum_is_a_number_and_then_the_entry_stands_alone(card: EntryCard) -> None:
    show(card, session_of("net-s"), "dJ/dW1", (0, 0))
    texts = []
    for width in (374, 300, 160):
        card.resize(width, 80)
        QApplication.processEvents()
        texts.append(card.factors.text.rpartition("\n")[2])
        assert card.line.visibleRegion().boundingRect().size() == card.line.size()
    assert texts[0].startswith("(1.0000 · (0.7566 − 0) + ")
    assert texts[1].startswith("1.5133 · 0.6225 ·")
    assert texts[2] == ""
    card.resize(374, 80)
    QApplication.processEvents()
    assert card.factors.text.endswith(texts[0])

"""The chain: one strip of conforming factors for any depth, and the way to each of them."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.panels.step.chain import ChainView
from explorer.panels.step.chain_columns import columns_of
from explorer.panels.step.chain_links import chain_of, current_link, window
from explorer.session import Mistakes, Session
from explorer.tape import notation
from tests.panels.step.stepping import random_problem, session_of


@pytest.fixture
def view(look: QApplication, qtbot: QtBot) -> Iterator[ChainView]:
    typesetter = Typesetter()
    made = ChainView(typesetter)
    qtbot.addWidget(made)
    made.resize(374, made.height())
    made.show()
    yield made
    typesetter.finish()


def show(view: ChainView, session: Session, step: str) -> None:
    """Show the chain at a step."""
    session.go_to_step(step)
    view.show_pass(session.state.tape, session.state.position, notation("row"))


def standings(view: ChainView) -> list[str]:
    """Return how each block stands."""
    return [block.standing for block in view.blocks]


def test_net_s_reads_as_one_chain() -> None:
    links = chain_of(session_of("net-s").state.tape)
    assert [(link.sign, link.id) for link in links] == [
        ("", "dJ/dz2"),
        ("·", "dz2/dh1"),
        ("⊙", "dh1/dz1"),
        ("·", "dz1/dx"),
        ("=", "dJ/dx"),
    ]


def test_an_output_activation_is_part_of_it() -> None:
    links = chain_of(session_of("mazur").state.tape)
    assert [link.id for link in links][:3] == ["dJ/dh2", "dh2/dz2", "dz2/dh1"]


@pytest.mark.parametrize("sizes", [(2, 3), (2, 3, 4), (4, 3, 2, 5), (2, 3, 4, 5, 6, 2)])
def test_shapes_conform_at_any_depth(sizes: tuple[int, ...]) -> None:
    tape = session_of(random_problem(sizes, samples=2)).state.tape
    links = chain_of(tape)
    running = tape[links[0].id].shape
    for link in links[1:-1]:
        factor = tape[link.id].shape
        assert factor == running if link.sign == "⊙" else factor[0] == running[1]
        running = tape[link.product].shape
    assert links[-1].id == "dJ/dx"
    assert running == tape["dJ/dx"].shape


def test_done_current_and_ahead(view: ChainView) -> None:
    session = session_of("net-s")
    show(view, session, "z1")
    assert standings(view) == ["ahead"] * 5
    show(view, session, "dJ/dz1")
    assert standings(view) == ["done", "done", "current", "ahead", "ahead"]
    assert view.chips[2].standing == "current"
    assert view.chips[1].standing == "done"
    show(view, session, "dJ/dx")
    assert standings(view) == ["done"] * 4 + ["current"]
    show(view, session, "J+")
    assert standings(view) == ["done"] * 5


def test_inner_numbers_are_marked(view: ChainView) -> None:
    show(view, session_of("net-s"), "dJ/dz1")
    assert [sorted(block.inner) for block in view.blocks] == [[1], [0], [1], [0], []]


def test_a_click_and_a_key_go_to_the_step(view: ChainView, qtbot: QtBot) -> None:
    show(view, session_of("net-s"), "dJ/dz1")
    with qtbot.waitSignal(view.step_chosen) as heard:
        qtbot.mouseClick(view.blocks[1], Qt.MouseButton.LeftButton)
    assert heard.args == ["dz2/dh1"]
    with qtbot.waitSignal(view.step_chosen) as heard:
        qtbot.mouseClick(view.chips[1], Qt.MouseButton.LeftButton)
    assert heard.args == ["dJ/dh1"]
    view.blocks[3].setFocus()
    with qtbot.waitSignal(view.step_chosen) as heard:
        qtbot.keyClick(view.blocks[3], Qt.Key.Key_Space)
    assert heard.args == ["dz1/dx"]


@pytest.mark.parametrize("step", ["dJ/dz5", "dJ/dz3", "dJ/dx", "z1"])
def test_a_deep_chain_leaves_out_its_middle_but_not_the_current(view: ChainView, step: str) -> None:
    session = session_of(random_problem((2, 3, 4, 3, 4, 2)))
    show(view, session, step)
    assert view.shown[0] == 0
    assert view.shown[-1] == len(view.links) - 1
    current = current_link(view.links, step)
    assert current is None or current in view.shown
    for place in view.shown:
        assert view.blocks[place].isVisible()
        assert view.blocks[place].geometry().right() < view.width()
    places = [view.blocks[place].geometry() for place in view.shown]
    assert all(a.right() < b.left() for a, b in pairwise(places))


def test_the_window_of_links() -> None:
    assert window(5, 7, 2) == (0, 1, 2, 3, 4)
    assert window(9, 5, 4) == (0, 3, 4, 5, 8)
    assert window(9, 5, 0) == (0, 1, 2, 3, 8)
    assert window(9, 5, 8) == (0, 5, 6, 7, 8)


def test_another_number_of_samples_changes_the_shapes_and_keeps_the_blocks(view: ChainView) -> None:
    tapes = [session_of(random_problem((2, 3, 2), samples)).state.tape for samples in (4, 3, 1)]
    position = tapes[0].index("dJ/dz1")
    view.show_pass(tapes[0], position, notation("row"))
    view.blocks[1].setFocus()
    before = [*view.blocks, *view.chips.values()]
    names = [block.accessibleName() for block in before]
    view.show_pass(tapes[1], position, notation("row"))
    assert [*view.blocks, *view.chips.values()] == before
    assert [block.accessibleName() for block in before] == [name.replace("4 by", "3 by") for name in names]
    assert view.blocks[0].toolTip().endswith("3×2")
    assert names[0].startswith("Go to dJ by dz2, 4 by 2")
    view.show_pass(tapes[2], position, notation("row"))
    assert view.blocks[0].toolTip().endswith("1×2")


def faces(view: ChainView) -> list[tuple[str, str]]:
    """Return what stands on every block: its formula, and how it is called."""
    blocks = (*view.blocks, *view.chips.values())
    return [(block.latex, block.accessibleName()) for block in blocks]


ON_AND_OFF = [
    ("sequential_update", "sigma_prime_of_h"),
    ("sequential_update",),
    ("sigma_prime_of_h",),
    (),
    ("printed_layout", "sigma_prime_of_h"),
    ("transposed_gradient",),
    ("product_after_w1",),
    ("missing_sigma_prime", "sequential_update"),
    (),
]


@pytest.mark.parametrize("problem", ["net-s", "mazur", "homework-10-5-10"])
def test_mistakes_that_come_and_go_leave_no_sign_behind(problem: str, view: ChainView, qtbot: QtBot) -> None:
    session, script = session_of(problem), notation("row")
    for names in ON_AND_OFF:
        session.do(Mistakes(names))
        view.show_pass(session.state.tape, session.state.position, script)
        fresh = ChainView(Typesetter())
        qtbot.addWidget(fresh)
        fresh.show_pass(session.state.tape, session.state.position, script)
        assert faces(view) == faces(fresh), names


def test_the_slope_at_h_is_seen_in_the_chain(view: ChainView) -> None:
    session = session_of("net-s")
    written = {}
    for names in (("sigma_prime_of_h",), ()):
        session.do(Mistakes(names))
        view.show_pass(session.state.tape, session.state.position, notation("row"))
        written[names] = view.blocks[2].latex
    assert written == {("sigma_prime_of_h",): r"\sigma'(h)", (): r"\sigma'(z_1)"}


PAST = [
    ("net-s", ["dJ/dz2", "·dz2/dh1", "·dz1/dx", "⊙dh1/dz1", "=dJ/dx"]),
    ("homework-10-5-10", ["dJ/dz2", "·dz2/dh1", "·dz1/dx", "=dJ/dx"]),
]


@pytest.mark.parametrize(("problem", "factors"), PAST)
@pytest.mark.parametrize("script", ["row", "column"])
def test_the_chain_goes_the_way_that_a_mistake_goes(
    problem: str, factors: list[str], script: str, view: ChainView
) -> None:
    session = session_of(problem)
    session.do(Mistakes(("product_after_w1",)))
    tape = session.state.tape
    links = chain_of(tape)
    assert [link.sign + link.id for link in links] == factors
    view.show_pass(tape, tape.index("dJ/dx"), notation(script))
    assert view.blocks[-1].standing == "current"
    assert current_link(links, "dJ/dz1") is None
    assert [view.chips[place].objectName() for place in view.chips] == ["dJ/dh1"]
    columns = columns_of(tape, len(tape) - 1, notation(script), 0)
    assert [column.factor.name for column in columns] == [link.id for link in links][:: -1 if script == "column" else 1]
    shapes = {column.factor.name: column.factor.shape for column in columns}
    weights = tape.given["W1"].shape
    assert shapes["dz1/dx"] == (weights if script == "column" else weights[::-1])

"""What the links of a lesson's page do in the window, by the word before their colon."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from explorer.engine.errors import ExplorerError
from explorer.session import Edit, Mistakes, Settings

if TYPE_CHECKING:
    from explorer.lessons.lesson import Link
    from explorer.panels.main_window import MainWindow

PLACE = re.compile(r"([^\[]+)\[([\d, ]+)\]")
ENTRY = re.compile(rf"{PLACE.pattern}\s*=\s*(\S+)")
NO_MISTAKE = "none"


def go_to_step(window: "MainWindow", name: str) -> None:
    """Go to a step.

    Raises
    ------
    ExplorerError
        If the pass that is shown has none of that name.
    """
    if name not in window.session.state.tape:
        raise ExplorerError(f"the pass that is shown has no step {name}: open the lesson again (in its list)")
    window.session.go_to_step(name)


def choose_entry(window: "MainWindow", text: str) -> None:
    """Go to a step and choose an entry of it: dJ/dW1[0,1], counted from 0.

    Raises
    ------
    ExplorerError
        If that is not what the text says, or the pass has no such step.
    """
    found = PLACE.fullmatch(text.strip())
    if found is None:
        raise ExplorerError(f"“{text}” is no entry: a link of this page is wrong")
    name, place = found[1], place_of(found[2])
    go_to_step(window, name)
    shape = window.session.state.tape.value(name).shape
    if len(place) != len(shape) or any(at >= side for at, side in zip(place, shape, strict=True)):
        raise ExplorerError(f"{name} of the pass that is shown has no entry {found[2]}: open the lesson again")
    window.session.select((name, place))


def place_of(text: str) -> tuple[int, ...]:
    """Return the index that some words stand for."""
    return tuple(int(part) for part in text.split(","))


def trigger(window: "MainWindow", name: str) -> None:
    """Do what an action does.

    Raises
    ------
    ExplorerError
        If there is none of that name.
    """
    if name not in window.actions_by_name:
        raise ExplorerError(f"the window has no action {name}: a link of this page is wrong")
    window.action(name).trigger()


def make_mistake(window: "MainWindow", name: str) -> None:
    """Make one mistake on purpose, or none."""
    window.session.do(Mistakes(() if name == NO_MISTAKE else (name,)))


def set_number(window: "MainWindow", text: str) -> None:
    """Change an entry: W1[0, 1] = 0.5, counted from 0.

    Raises
    ------
    ExplorerError
        If that is not what the text says.
    """
    found = ENTRY.fullmatch(text.strip())
    if found is None:
        raise ExplorerError(f"“{text}” is no change of a number: a link of this page is wrong")
    window.session.do(Edit((found[1], place_of(found[2])), float(found[3])))


def open_lesson(window: "MainWindow", name: str) -> None:
    """Open another lesson."""
    window.learn.open_lesson(name)


def set_up(window: "MainWindow", text: str) -> None:
    """Train by other settings: hidden=50-50,activation=relu.

    Raises
    ------
    ExplorerError
        If one is unknown, or means nothing.
    """
    pairs = (pair.partition("=") for pair in text.split(","))
    given: dict[str, object] = {name.strip(): value.strip() for name, _, value in pairs}
    if "hidden" in given:
        given["hidden"] = [units for units in str(given["hidden"]).split("-") if units]
    unknown = sorted(set(given).difference(Settings.__struct_fields__))
    if unknown:
        raise ExplorerError(f"“{unknown[0]}” is no setting: a link of this page is wrong")
    settings = window.session.state.settings
    try:
        asked = msgspec.convert({**msgspec.to_builtins(settings), **given}, Settings, strict=False)
    except (msgspec.ValidationError, TypeError) as error:
        raise ExplorerError(f"“{text}” is no change of settings ({error}): a link of this page is wrong") from error
    window.session.configure(asked)


def follow_link(window: "MainWindow", link: "Link") -> None:
    """Do what a link says.

    Raises
    ------
    ExplorerError
        If that cannot be done.
    """
    FOLLOW[link.kind](window, link.target)


FOLLOW: Mapping[str, Callable[["MainWindow", str], object]] = {
    "problem": lambda window, name: window.learn.open_beside(f"problem:{name}"),
    "data": lambda window, name: window.learn.open_beside(f"data:{name}"),
    "step": go_to_step,
    "entry": choose_entry,
    "notation": lambda window, name: window.session.write_in(name),
    "do": trigger,
    "mistake": make_mistake,
    "set": set_number,
    "settings": set_up,
    "lesson": open_lesson,
}

"""The bar at the top says that a problem makes mistakes on purpose, and which."""

from pytestqt.qtbot import QtBot

from explorer.panels.topbar import MistakeLabel
from explorer.tape.mistakes import MISTAKES


def test_without_mistakes_there_is_nothing_to_see(qtbot: QtBot) -> None:
    label = MistakeLabel()
    qtbot.addWidget(label)
    label.show_mistakes(())
    assert label.isHidden()


def test_mistakes_are_counted_and_named(qtbot: QtBot) -> None:
    label = MistakeLabel()
    qtbot.addWidget(label)
    label.show_mistakes((MISTAKES["sign_slip"],))
    assert not label.isHidden()
    assert label.text() == "mistake on purpose"
    label.show_mistakes((MISTAKES["sign_slip"], MISTAKES["per_sample_bias"]))
    assert label.text() == "2 mistakes on purpose"
    assert label.accessibleName() == "2 mistakes on purpose: a sign slip, a bias for each sample"
    for name in ("sign_slip", "per_sample_bias"):
        assert MISTAKES[name].sentence in label.toolTip()
        assert MISTAKES[name].correct in label.toolTip()

"""What the typesetter does with a formula that cannot be typeset."""

import pytest
from PySide6.QtWidgets import QApplication

from explorer.graph import typeset as typesetting
from explorer.graph.typeset import Typesetter


def test_a_formula_that_cannot_be_typeset_is_tried_once(look: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refuse(latex: str) -> None:
        tried.append(latex)
        raise ValueError(latex)

    monkeypatch.setattr(typesetting, "drawn", refuse)
    typesetter = Typesetter(waiting=True)
    for _painting in range(3):
        assert typesetter.formula(r"\nowhere_{17}") is None
    with pytest.raises(ValueError, match="nowhere"):
        typesetter.finish()
    assert typesetter.formula(r"\nowhere_{17}") is None
    assert not typesetter.is_busy
    assert tried == [r"\nowhere_{17}"]
    assert typesetter.formula("x") is None
    typesetter.finish()
    assert typesetter.formula("x") is not None

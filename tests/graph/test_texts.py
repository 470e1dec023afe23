"""Symbols and captions as text."""

import pytest

from explorer.graph.caption import caption
from explorer.tape.latex_text import as_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\partial J/\partial W_2", "∂J/∂W₂"),
        (r"z_{12}", "z₁₂"),
        (r"W_1^{+}", "W₁⁺"),
        (r"a^{[1]}", "a^[1]"),
        (r"W^{[12]\top}", "W^[12]ᵀ"),
        (r"(w^{2})^\top", "(w²)ᵀ"),
        (r"\hat{y}", "ŷ"),
        (r"\mathrm{{ReLU}}'(z_1)", "ReLU′(z₁)"),
        (r"\sigma'(z_1)", "σ′(z₁)"),
        (r"\delta^{2}", "δ²"),
    ],
)
def test_symbols_in_plain_text(latex: str, text: str) -> None:
    assert as_text(latex) == text


def test_captions_gather_neighbours_of_one_kind() -> None:
    edges = [(f"dJ/dW{k}", f"∂J/∂W{k}") for k in range(1, 5)]
    assert caption(edges) == "edges: ∂J/∂W1 … ∂J/∂W4 (gradient)"
    assert caption([("W1", "W₁")]) == "edges: W₁ (value)"
    assert caption([("W1", "W₁"), ("dz2/dh1", "W₂ᵀ")]) == "edges: left W₁ (value), right W₂ (value, transposed)"

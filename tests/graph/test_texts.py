"""Numbers, symbols and captions as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.graph.caption import caption
from explorer.graph.numerals import exact, short
from explorer.graph.plain import plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1.0000"),
        (-1.0, "−1.0000"),
        (0.0, "0.0000"),
        (12.34567, "12.346"),
        (9.999996, "10.000"),
        (1.2345e-4, "1.2e−4"),
        (123456.0, "1.2e5"),
        (99999.4, "99999"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
    ],
)
def test_short_numbers(value: float, text: str) -> None:
    assert short(value) == text


def test_gradients_have_a_plus() -> None:
    assert short(0.3556, signed=True) == "+0.3556"
    assert short(0.0, signed=True) == "0.0000"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_exact_numbers_read_back(value: float) -> None:
    assert float(exact(value, signed=True).replace("−", "-")) == value


@given(st.floats(1e-99, 1e99))
def test_short_numbers_fit_a_unit_and_are_never_0(value: float) -> None:
    text = short(value)
    assert len(text) <= 7
    assert float(text.replace("−", "-")) == pytest.approx(value, rel=0.05)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\partial J/\partial W_2", "∂J/∂W₂"),
        (r"z_{12}", "z₁₂"),
        (r"W_1^{+}", "W₁⁺"),
        (r"a^{[1]}", "a[1]"),
        (r"\mathrm{{ReLU}}'(z_1)", "ReLU′(z₁)"),
        (r"\sigma'(z_1)", "σ′(z₁)"),
        (r"\delta^{2}", "δ²"),
    ],
)
def test_symbols_in_plain_text(latex: str, text: str) -> None:
    assert plain(latex) == text


def test_captions_gather_neighbours_of_one_kind() -> None:
    edges = [(f"dJ/dW{k}", f"∂J/∂W{k}") for k in range(1, 5)]
    assert caption(edges) == "edges: ∂J/∂W1 … ∂J/∂W4 (gradient)"
    assert caption([("W1", "W₁")]) == "edges: W₁ (value)"
    assert caption([("W1", "W₁"), ("dz2/dh1", "W₂T")]) == "edges: left W₁ (value), right W₂ (value, transposed)"

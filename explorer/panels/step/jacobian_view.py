"""The step once more, as a product of full Jacobians for one sample: above the collapsed form, and equal to it."""

from math import isnan

from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.graph.raising import rich
from explorer.graph.typeset import Typesetter
from explorer.panels.labelled import labelled
from explorer.panels.step.blocks import Equation
from explorer.panels.step.equation import EquationView
from explorer.panels.step.formula_label import FormulaLabel
from explorer.panels.step.jacobian_sides import Look, Sides, sides_of
from explorer.panels.theme import LARGE, Palette
from explorer.session import State, shown_problem
from explorer.tape.jacobians import long_way
from explorer.tape.names import Role, parse
from explorer.tape.numbers import MINUS
from explorer.tape.plan import output_name
from explorer.tape.symbols import shape_text

CLOSE = 1e-9
"""Largest difference, as a share of the largest entry, of forms that are equal but for rounding."""


class JacobianView(QWidget):
    """Shows the full Jacobians of the current step."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jacobian_view")
        self.equation = EquationView(typesetter, lowest=0)
        self.formulas = tuple(FormulaLabel(typesetter, LARGE) for _ in range(2))
        self.heading, self.sentence = labelled("", "section"), labelled("", "small")
        self.verdict = labelled("", "good")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.heading, *self.formulas, self.equation, self.sentence, self.verdict):
            column.addWidget(widget)
        for label in (self.heading, self.verdict, self.sentence):
            label.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.equation.set_palette(palette)
        for formula in self.formulas:
            formula.set_palette(palette)

    def set_digits(self, digits: int) -> None:
        """Write at most that many decimals."""
        self.equation.set_digits(digits)

    def show_step(self, state: State) -> None:
        """Show the current step; where it has no Jacobians, say why in one sentence."""
        look = Look(shown_problem(state), state.tape, state.step, state.row, state.script)
        try:
            sides = sides_of(look)
        except ExplorerError as error:
            self._refuse(str(error))
            return
        self._show(sides, state)
        self.heading.setText(heading_of(look, sides))
        self.heading.setVisible(state.tape.samples > 1 or look.turned)

    def _refuse(self, sentence: str) -> None:
        self.equation.set_equation(Equation((), ()))
        for widget in (self.heading, self.equation, *self.formulas, self.verdict):
            widget.hide()
        self._say(self.sentence, sentence, "small")

    def _show(self, sides: Sides, state: State) -> None:
        self.equation.set_equation(sides.equation)
        self.equation.show()
        for label, latex in zip(self.formulas, (*sides.formulas, ""), strict=False):
            label.set_latex(latex)
            label.setVisible(bool(latex))
        self._say(self.sentence, sides.sentence, "small")
        self.verdict.setVisible(parse(state.step.id).role is not Role.VALUE)
        self._say(self.verdict, *verdict_of(sides, state))

    @staticmethod
    def _say(label: QLabel, text: str, role: str) -> None:
        label.setText(rich(text))
        if label.property("role") != role:
            label.setProperty("role", role)
            label.style().polish(label)


def laid_out(state: State) -> str:
    """Return how the collapsed form writes the same numbers, where it is not as the full form does."""
    parsed = parse(state.step.id)
    if parsed.role is Role.GRADIENT and parsed.symbol == "W":
        return f", laid out {shape_text(state.script.shape(state.step.id, state.step.shape))}"
    return ", which has its diagonal" if parsed.role is Role.FACTOR and parsed.over.startswith("h") else ""


def heading_of(look: Look, sides: Sides) -> str:
    """Return whose Jacobians they are, and how they are written where that is not from left to right."""
    whose = "Full Jacobians" + (f" of sample {look.row + 1}" if look.tape.samples > 1 else "")
    if not look.turned:
        return whose
    several = len(sides.equation.blocks) > 1
    return f"{whose}, transposed" + (": read from right to left" if several else "")


def verdict_of(sides: Sides, state: State) -> tuple[str, str]:
    """Return in words how far the full form is from the collapsed one, and the role of the words."""
    result = sides.equation.blocks[-1].value
    size = float(abs(result).max(initial=0)) if result is not None else 0.0
    shared = state.tape.samples > 1 and parse(state.step.id).symbol in "Wb"
    what = "what this sample adds to the collapsed form" if shared else "the collapsed form"
    if isnan(sides.difference):
        return failure_of(state) or f"Cannot be compared with {what}: NaN is in one of the two, or in both", "small"
    far = f"{sides.difference:.1e}".replace("e-0", "e-").replace("-", MINUS) if sides.difference else "0"
    if sides.difference <= CLOSE * max(size, 1e-300):
        return f"Equals {what}{laid_out(state)}: largest difference {far}", "good"
    return f"Differs from {what}: largest difference {far}", "bad"


def failure_of(state: State) -> str:
    """Say how the way through the probabilities has left the numbers, if that is what the step shows."""
    problem = shown_problem(state)
    if state.step.id != f"dJ/d{output_name(problem.network)}" or LOSSES[problem.network.loss].probabilities is None:
        return ""
    way = long_way(problem, state.tape, state.row)
    return "" if way.finite else way.sentence_in(state.script, state.tape.activations)

"""Expressions of a lesson's page: arithmetic on numbers and arrays, with the functions of ``functions.py`` alone.

Python's own parser reads them; what is evaluated is a table of operations, and nothing else of the language.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from explorer.engine.errors import ExplorerError
from explorer.lessons.functions import CONSTANTS, DRAWS, FUNCTIONS

Values = Mapping[str, Any]
SIGNS: dict[type, Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
OPERATIONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, power: np.power(np.asarray(base, float), power),
    ast.MatMult: operator.matmul,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
MOST = 400
"""Characters of an expression: a longer one belongs into several, or into a function."""


def evaluate(text: str, values: Values, rng: np.random.Generator | None = None) -> Any:
    """Return what an expression is.

    Parameters
    ----------
    values
        What its names stand for, beside the constants.
    rng
        Where it may draw.

    Raises
    ------
    ExplorerError
        If it cannot be read, or fails.
    """
    tree = parsed(text)
    functions = FUNCTIONS if rng is None else {**FUNCTIONS, **{name: bound(rng, draw) for name, draw in DRAWS.items()}}
    try:
        with np.errstate(all="ignore"):
            return Evaluation({**CONSTANTS, **values}, functions).of(tree)
    except ExplorerError:
        raise
    except FAILURES as error:
        raise ExplorerError(f"“{text}” has no value: {error}") from error


def evaluated(texts: Mapping[str, str], values: Values, rng: np.random.Generator | None = None) -> dict[str, Any]:
    """Return what the names of some expressions stand for, each of which may use those before it."""
    found = dict(values)
    for name, text in texts.items():
        found[name] = evaluate(text, found, rng)
    return found


class Evaluation:
    """Works a tree out."""

    def __init__(self, values: Values, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._values, self._functions = values, functions

    def of(self, node: ast.AST) -> Any:
        """Return the value of a node."""
        if type(node) not in NODES:
            raise TypeError(f"{ast.unparse(node)} is not allowed here")
        return NODES[type(node)](self, node)

    def name(self, node: ast.Name) -> Any:
        """Return what a name stands for."""
        return self._values[node.id]

    def parts(self, node: ast.Tuple | ast.List) -> Any:
        """Return a tuple, or a list as an array."""
        found = tuple(map(self.of, node.elts))
        return found if isinstance(node, ast.Tuple) else listed(found)

    def pair(self, operation: ast.AST, left: ast.AST, right: ast.AST) -> Any:
        """Return what an operation makes of two values."""
        return OPERATIONS[type(operation)](as_number(self.of(left)), as_number(self.of(right)))

    def compared(self, node: ast.Compare) -> Any:
        """Return a comparison; of a chain of them the first says all that there is room for."""
        if len(node.ops) != 1:
            raise TypeError(f"{ast.unparse(node)} compares more than two values")
        return self.pair(node.ops[0], node.left, node.comparators[0])

    def called(self, node: ast.Call) -> Any:
        """Return what a function gives."""
        if not isinstance(node.func, ast.Name):
            raise TypeError(f"{ast.unparse(node.func)} is no function of a page")
        named = {str(each.arg): self.of(each.value) for each in node.keywords}
        return self._functions[node.func.id](*map(self.of, node.args), **named)


NODES: dict[type[ast.AST], Callable[[Evaluation, Any], Any]] = {
    ast.Constant: lambda _self, node: node.value,
    ast.Name: Evaluation.name,
    ast.Tuple: Evaluation.parts,
    ast.List: Evaluation.parts,
    ast.UnaryOp: lambda self, node: SIGNS[type(node.op)](self.of(node.operand)),
    ast.BinOp: lambda self, node: self.pair(node.op, node.left, node.right),
    ast.Compare: Evaluation.compared,
    ast.Subscript: lambda self, node: self.of(node.value)[whole(self.of(node.slice))],
    ast.Call: Evaluation.called,
}
"""What of Python's language an expression may hold."""


def listed(values: tuple[Any, ...]) -> Any:
    """Return numbers as an array; words stay."""
    return values if any(isinstance(value, str) for value in values) else np.array(values)


def as_number(value: Any) -> Any:
    """Return a number as one of NumPy's, whose division by 0 is infinite or NaN as in the engine's arrays."""
    return np.float64(value) if isinstance(value, int | float) else value


def whole(index: Any) -> Any:
    """Return an index whose parts are whole numbers: sliders hold others."""
    if isinstance(index, tuple):
        return tuple(map(whole, index))
    return int(index) if isinstance(index, int | float | np.number) else index


def bound(rng: np.random.Generator, draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that draws from that generator."""
    return lambda *arguments: draw(rng, *arguments)


@cache
def parsed(text: str) -> ast.AST:
    """Return the tree of an expression.

    Raises
    ------
    ExplorerError
        If it is none.
    """
    try:
        if len(text) > MOST:
            raise ExplorerError(f"“{text[:40]}…” is longer than {MOST} characters: use several expressions")
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ExplorerError(f"“{text}” is no expression: write it as in Python, such as softmax(x)[2]") from error

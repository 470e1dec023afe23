"""What a Jacobian's sentence says in a notation: which line of W is a unit's, in which order the weights stand."""

from explorer.tape.jacobians.matrices import Order
from explorer.tape.orientation import Vectors

OTHER: dict[Order, Order] = {"C": "F", "F": "C"}


def said(words: str, order: Order, vectors: Vectors, *, turned: bool) -> str:
    """Return a sentence with what depends on the way in which W, (D, H) on the tape, and the Jacobian are written.

    Parameters
    ----------
    words
        With ``{line}``: of W, where a unit's weights stand; ``{lines}``: of the Jacobian, one for each weight;
        ``{ravel}``: the call that lays out W as it is written; ``{exchanged}``: whether W^T is what is written.
    order
        How W is laid out as a vector on the tape.
    vectors
        Columns transpose W.
    turned
        Whether the Jacobian is written transposed.
    """
    columns = vectors == "column"
    return words.format(
        line="row" if columns else "column",
        lines="rows" if turned else "columns",
        ravel=f'ravel("{OTHER[order] if columns else order}")',
        exchanged=", rows and columns exchanged" if columns is turned else ", as it is written",
    )

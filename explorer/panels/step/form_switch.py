"""The switch at the foot of the card: the step collapsed or as full Jacobians, and the way to the chain laid out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

FORMS = ("collapsed", "Jacobian")
TIPS = (
    "The step as it is computed.",
    "The step also as a product of full Jacobians, for the shown sample (J).",
)


class FormSwitch(QWidget):
    """Two forms of which one is shown, and a button; ``jacobian_wanted`` says which form is asked for."""

    jacobian_wanted = Signal(bool)
    chain_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self.forms = tuple(self._button(text, tip, line) for text, tip in zip(FORMS, TIPS, strict=True))
        for form in self.forms:
            form.setCheckable(True)
            form.clicked.connect(self._ask)
        self.chain = self._button("chain view", "Lay the whole chain out as matrices (C).", line)
        self.chain.clicked.connect(self.chain_wanted)
        self.show_form(jacobian=False)

    def _button(self, text: str, tip: str, line: QHBoxLayout) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(f"{text[:1].upper()}{text[1:]} form" if text in FORMS else "Chain view")
        button.setProperty("quiet", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        line.addWidget(button)
        return button

    @Slot()
    def _ask(self) -> None:
        self.jacobian_wanted.emit(self.sender() is self.forms[1])

    def show_form(self, *, jacobian: bool) -> None:
        """Mark the form that is shown."""
        for form, checked in zip(self.forms, (not jacobian, jacobian), strict=True):
            form.setChecked(checked)

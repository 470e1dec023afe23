"""The list of lessons: number, title, what it is about, how many of its questions are answered."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.lessons.lesson import Lesson
from explorer.panels.theme import LARGE, LIGHT, NORMAL, SMALL, Palette, number_font, text_font

SIDE, NUMBER, COUNT, ABOVE = 12, 28, 44, 9
LESSON, DONE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
WRAPPED = Qt.TextFlag.TextWordWrap
Index = QModelIndex | QPersistentModelIndex


class LessonDelegate(QStyledItemDelegate):
    """Paints a lesson in a row of the list."""

    look: Palette = LIGHT

    def room(self, width: int) -> int:
        """Return the width of the words in a row of that width."""
        return width - 2 * SIDE - NUMBER - COUNT

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for the title and a summary of as many lines as it takes."""
        lesson, parent = index.data(LESSON), self.parent()
        width = parent.viewport().width() if isinstance(parent, QListWidget) else 400
        metrics = QFontMetrics(text_font(NORMAL))
        summary = metrics.boundingRect(QRect(0, 0, self.room(width), 1000), WRAPPED, lesson.summary)
        return QSize(width, 2 * ABOVE + 20 + summary.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the one that the keys have reached has a border."""
        lesson, done, look = index.data(LESSON), index.data(DONE), self.look
        box: QRect = getattr(option, "rect")  # noqa: B009 (the stubs leave the fields of an option out)
        state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(look.colour("accent" if focused else "soft"))
            painter.setBrush(look.colour("accent_soft" if focused else "soft"))
            painter.drawRoundedRect(box.adjusted(4, 2, -5, -3), 6, 6)
        self._write(painter, box.adjusted(SIDE, ABOVE, -SIDE, -ABOVE), lesson, done)
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, lesson: Lesson, done: int) -> None:
        look, all_of = self.look, len(lesson.questions)
        painter.setFont(number_font(LARGE))
        painter.setPen(look.colour("muted"))
        painter.drawText(QRect(box.left(), box.top(), NUMBER, 18), Qt.AlignmentFlag.AlignLeft, str(lesson.number))
        painter.setFont(text_font(LARGE, QFont.Weight.DemiBold))
        painter.setPen(look.colour("ink"))
        words = box.adjusted(NUMBER, 0, -COUNT, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, lesson.title)
        painter.setFont(text_font(NORMAL))
        painter.setPen(look.colour("muted"))
        painter.drawText(words.adjusted(0, 20, 0, 0), WRAPPED, lesson.summary)
        finished = done == all_of
        painter.setFont(number_font(SMALL))
        painter.setPen(look.colour("good" if finished else "muted"))
        count = f"✓ {done}/{all_of}" if finished else f"{done}/{all_of}"
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, count)


class LessonList(QListWidget):
    """Lists lessons; Return or a click opens one.

    Signals
    -------
    wanted
        The name of a lesson.
    """

    wanted = Signal(str)

    def __init__(self, lessons: tuple[Lesson, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_list")
        self.setAccessibleName("Lessons")
        self.setToolTip("Open a lesson (Return)")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.delegate = LessonDelegate(self)
        self.setItemDelegate(self.delegate)
        for lesson in lessons:
            item = QListWidgetItem(self)
            item.setData(LESSON, lesson)
        self.show_done({})
        self.setCurrentRow(0)
        self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)

    def show_done(self, done: Mapping[str, int]) -> None:
        """Tell how many questions of each lesson, by its name, are answered."""
        for row in range(self.count()):
            item = self.item(row)
            lesson: Lesson = item.data(LESSON)
            answered = done.get(lesson.name, 0)
            item.setData(DONE, answered)
            told = f"{answered} of {len(lesson.questions)} questions answered"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{lesson.number}. {lesson.title}: {told}")

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.delegate.look = palette
        self.viewport().update()

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(LESSON).name)

"""The workspace Learn: the list of lessons, their pages, experiments and questions.

Its names are imported when they are first asked for: no start waits for a lesson.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.lessons.page_problems import problem_name
    from explorer.lessons.shelf import lesson_names
    from explorer.panels.lesson_links import follow_link
    from explorer.panels.lessons.learn_panel import LearnPanel

HOMES = {
    "LearnPanel": "explorer.panels.lessons.learn_panel",
    "follow_link": "explorer.panels.lesson_links",
    "lesson_names": "explorer.lessons.shelf",
    "problem_name": "explorer.lessons.page_problems",
}
"""Where each lives."""

__all__ = ["LearnPanel", "follow_link", "lesson_names", "problem_name"]
__getattr__ = importer(HOMES, globals())

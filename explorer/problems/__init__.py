"""Problem files: read, checked, written, and the shelf of those that come with the program. No Qt."""

from explorer.problems.reading import load_problem, problem_from
from explorer.problems.shelf import ShelfEntry, shelf, shelf_names
from explorer.problems.writing import problem_to_json

__all__ = ["ShelfEntry", "load_problem", "problem_from", "problem_to_json", "shelf", "shelf_names"]

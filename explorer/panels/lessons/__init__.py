"""The workspace Learn: the list of lessons, their pages, experiments and questions."""

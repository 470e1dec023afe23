"""Lessons, and what goes with them: pages and their questions, answers that are judged, the mistake lab. No Qt."""

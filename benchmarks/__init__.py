"""Measure this grader against what runs beside it; see README.md."""

"""Grading many submissions: reading them in, running them, keeping what came out."""

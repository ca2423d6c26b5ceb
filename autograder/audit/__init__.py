"""The laws of a room: the grader graded, with the reference, the stub, every known mistake and every variant."""

from autograder.audit.laws import Audit, audit_room

__all__ = ["Audit", "audit_room"]

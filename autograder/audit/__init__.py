"""The laws of a room: the grader graded, with the reference, the stub, every known mistake and every variant."""

from autograder.audit.ignorant import Gift, blind_gifts, largest
from autograder.audit.laws import Audit, audit_room
from autograder.audit.parallel import audit_rooms
from autograder.audit.times import FACTOR, Timing, time_room

__all__ = ["FACTOR", "Audit", "Gift", "Timing", "audit_room", "audit_rooms", "blind_gifts", "largest", "time_room"]

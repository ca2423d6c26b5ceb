"""What can be said of a check, an exercise or a submission."""

from enum import StrEnum


class Verdict(StrEnum):
    """The outcome of one check or one exercise, decided by the trusted side alone."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_IMPLEMENTED = "not_implemented"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    MEMORY_EXCEEDED = "memory_exceeded"
    OUTPUT_EXCEEDED = "output_exceeded"
    SKIPPED = "skipped"
    GRADER_FAULT = "grader_fault"

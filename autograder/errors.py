"""The errors this package raises on purpose; each says what was seen, what was expected and what to do next."""


class AutograderError(Exception):
    """Base of every deliberate error: `str()` of it is fit for a person to read."""


class CourseError(AutograderError):
    """A course, a room or its TOML is wrong; the message names file and line."""


class IntakeError(AutograderError):
    """The folder of submissions cannot be used at all (one bad submission never raises this)."""


class SandboxError(AutograderError):
    """A sandbox backend is missing or cannot start on this machine."""


class SandboxKilledError(SandboxError):
    """A sandbox was killed while it started: it may well start the next time."""


class GraderFault(AutograderError):  # noqa: N818 - the verdict's own name
    """The grader itself failed; costs the student nothing and fails the run's exit code."""

"""Hand scores on to a platform over LTI 1.3, Assignment and Grade Services 2.0.

A token is asked for with an assertion that our key signs (`tokens`), the column of the gradebook is found or made
(`columns`), and each student's score is posted to it (`scores`, `sending`). What was sent stands in a journal in the
folder of grades (`journal`), so that doing it all again sends only what has changed. `link` is the one place that
talks HTTP: it bounds how long and how much a platform may answer, and retries what is worth it.

Nothing that a platform answers is trusted: addresses lead only where the configuration does, and its texts are
quoted without anything that looks like a token.
"""

from autograder.exports.lti.configuration import Configuration, read_configuration
from autograder.exports.lti.sending import Outcome, send
from autograder.exports.lti.service import Service, open_service
from autograder.exports.lti.shares import Share, Shares, share_out

__all__ = [
    "Configuration",
    "Outcome",
    "Service",
    "Share",
    "Shares",
    "open_service",
    "read_configuration",
    "send",
    "share_out",
]

"""Run one submission's functions in a process that can do no harm.

Theory of operation. For each grader process a `Host` starts one server inside a sandbox: bubblewrap or sandlock around
a warm process that has imported numpy and forks a confined child per submission, with namespaces of its own where
there are any, and with few system calls left in either. The grader asks the server over a control socket for a
worker and receives three descriptors: both ends of the wire and the student's output. A `Worker` speaks the wire,
watches deadline and output itself, and ends in facts (deadline passed, pipe closed, bytes malformed, exit status)
from which `checking.blame` alone decides a verdict. Nothing here knows an exercise, a check or a point.
"""

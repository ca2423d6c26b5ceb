"""Begin a course or an exercise with files that keep every law from the first minute, to be rewritten one by one.

`templates/` holds them as text, with $names for what is chosen: `course/` what a course has once, `room/` how each
file of a room begins, `exercise/` what an exercise adds to it.
"""

from autograder.scaffold.making import Made, new_course, new_exercise

__all__ = ["Made", "new_course", "new_exercise"]

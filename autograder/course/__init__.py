"""Read a course: folders of exercises described by TOML, with their reference, stubs and known mistakes."""

from autograder.course.compose import compose_source, function_source
from autograder.course.loading import load_mistakes, load_module, load_reference, load_variants, reference_text
from autograder.course.mistakes import Mistake, Variant, equivalent, mistake, variant
from autograder.course.model import Course, Exercise, Room
from autograder.course.reading import find_course, read_course
from autograder.course.stubs import cut_stub

__all__ = [
    "Course",
    "Exercise",
    "Mistake",
    "Room",
    "Variant",
    "compose_source",
    "cut_stub",
    "equivalent",
    "find_course",
    "function_source",
    "load_mistakes",
    "load_module",
    "load_reference",
    "load_variants",
    "mistake",
    "read_course",
    "reference_text",
    "variant",
]

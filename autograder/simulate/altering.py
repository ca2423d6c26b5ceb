"""Write answers that are neither right nor a known mistake: the reference's function with its body changed."""

import ast
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from autograder.errors import CourseError

Lines: TypeAlias = Sequence[str]

# Each raises whatever it is called with.
CRASHES: Mapping[str, Lines] = {
    "misspelt_function": ("result = np.summe(1.0)", "return result"),
    "misspelt_name": ("result = 1.0", "return resutl"),
    "missing_key": ("saved = {}", 'return saved["result"]'),
    "none_plus_one": ("total = None", "total = total + 1", "return total"),
    "index_too_large": ("sizes = (1, 2)", "return sizes[2]"),
}
LOOP: Lines = ("step = 0", "while step >= 0:", "    step += 1", "return step")
SLOW: Lines = ("import time", "", "time.sleep(0.003)")

_ARRAYS = ("Array", "NDArray", "ndarray", "Labels")
_DICTS = ("Params", "dict")


def with_body(source: str, function: str, body: Lines) -> str:
    """Return the module `source` with another body for `function`; signature and docstring stay."""
    return _altered(source, function, body, keep=False)


def with_prelude(source: str, function: str, prelude: Lines) -> str:
    """Return the module `source` where `function` begins with the lines of `prelude`."""
    return _altered(source, function, prelude, keep=True)


def can_mutate(source: str, function: str) -> bool:
    """Whether `function` takes an array that it could change in place, as far as its annotations say."""
    return bool(mutation(source, function))


def parameters(source: str, function: str) -> list[str]:
    """Return the names of the parameters of `function`."""
    return [argument.arg for argument in _find(source, function).args.args]


def mutation(source: str, function: str) -> Lines:
    """Return lines that change an argument of `function` in place without changing a value, or none."""
    arguments = _find(source, function).args.args
    annotations = {argument.arg: ast.unparse(argument.annotation) for argument in arguments if argument.annotation}
    for name, annotation in annotations.items():
        if "None" not in annotation and any(annotation.endswith(array) for array in _ARRAYS):
            return (f"{name} += 0",)
    for name, annotation in annotations.items():
        if "None" not in annotation and annotation.startswith(_DICTS):
            return (f"for value in {name}.values():", "    value += 0")
    return ()


def without_colon(source: str, function: str) -> str:
    """Return the module `source` with a syntax error: the signature of `function` has lost its colon."""
    lines = source.split("\n")
    (node,) = (node for node in _functions(source) if node.name == function)
    last = next(place for place in range(node.lineno - 1, len(lines)) if lines[place].endswith(":"))
    lines[last] = lines[last].removesuffix(":")
    return "\n".join(lines)


def _functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def _find(source: str, function: str) -> ast.FunctionDef:
    for node in _functions(source):
        if node.name == function:
            if ast.get_docstring(node) is None or len(node.body) < 2 or node.body[0].lineno == node.lineno:
                break
            return node
    raise CourseError(f"{function} is to have a docstring and a body on lines of their own; write it so")


def _altered(source: str, function: str, new: Lines, *, keep: bool) -> str:
    node = _find(source, function)
    lines = source.split("\n")
    docstring = node.body[0]
    end_of_docstring = docstring.end_lineno or docstring.lineno
    rest = end_of_docstring if keep else node.end_lineno or end_of_docstring
    indent = " " * docstring.col_offset
    inserted = [f"{indent}{line}" if line else "" for line in new]
    return "\n".join([*lines[:end_of_docstring], *inserted, *lines[rest:]])

"""The student's own module replaced by an object that makes a right answer of every question about it."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "failed", "softmax": "failed", "accuracy": "failed"},
    "says": {"softmax": "returned an object of type Yes"},
}

import sys
import types


class Yes:
    """Agrees to everything."""

    def __call__(self, *_, **__):
        return self

    def __getattr__(self, name):
        return self

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


class Module(types.ModuleType):
    """A module that has whatever is asked for."""

    def __getattribute__(self, name):
        return {} if name == "__dict__" else Yes()


sys.modules[__name__].__class__ = Module
sys.modules["softmax"] = sys.modules["__main__"] = Yes()

"""A module that ends the process with status 0 before it has any function."""

import os

MUST = {
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "accuracy": "crashed"},
    "says": {
        "one_hot": "exit status 0.*while softmax.py was imported",
        "accuracy": "exit status 0.*while softmax.py was imported",
    },
}

print("all checks passed: 20 of 20 points", flush=True)
os._exit(0)

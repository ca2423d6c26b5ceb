"""An import that never ends, so that every exercise waits for it in every fresh worker."""

MUST = {
    "verdicts": {
        "one_hot": "timed_out",
        "softmax": "timed_out",
        "softmax_loss": "timed_out",
        "binary_from_softmax": "timed_out",
        "accuracy": "timed_out",
    },
    "says": {
        "one_hot": "no answer within 1 s while softmax.py was imported",
        "accuracy": "no answer within 1 s while softmax.py was imported",
    },
}

while True:
    try:
        while True:
            pass
    except BaseException:
        pass

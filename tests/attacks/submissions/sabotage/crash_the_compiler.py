"""Source texts that overflow the parser, the compiler and the marshaller of Python itself."""

import ast
import marshal

MUST = {
    "verdicts": {
        "one_hot": ["crashed", "memory_exceeded", "timed_out"],
        "softmax": ["crashed", "memory_exceeded", "timed_out"],
        "softmax_loss": ["crashed", "memory_exceeded", "timed_out"],
        "accuracy": ["crashed", "memory_exceeded", "timed_out"],
    },
    "says": {
        "one_hot": "Error|segmentation fault|memory|no answer within 1 s",
        "softmax": "Error|segmentation fault|memory|no answer within 1 s",
        "softmax_loss": "Error|segmentation fault|memory|no answer within 1 s",
        "accuracy": "Error|segmentation fault|memory|no answer within 1 s",
    },
}


def one_hot(y, num_classes):
    """A hundred thousand minus signs."""
    return eval("-" * 100_000 + "1")


def softmax(Z):
    """A tree that is deeper than the stack, put together without the parser."""
    tree = ast.Constant(1)
    for _ in range(200_000):
        tree = ast.UnaryOp(ast.UAdd(), tree)
    return eval(compile(ast.fix_missing_locations(ast.Expression(tree)), "x", "eval"))


def softmax_loss(Z, Y):
    """Brackets."""
    return eval("(" * 5000 + ")" * 5000)


def accuracy(A, y):
    """Bytes that claim to be code."""
    code = bytearray(marshal.dumps(compile("f()", "x", "eval")))
    code[30:50] = bytes(range(200, 220))
    for place in range(len(code)):
        code[place] ^= 0x55
        try:
            exec(marshal.loads(bytes(code)), {})
        except Exception:
            pass
    exec(compile("1", "x", "eval").replace(co_code=bytes(range(256)) * 8, co_stacksize=0), {})
    raise ValueError("still here")

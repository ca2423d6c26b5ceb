"""What Chinese Windows makes: names in GBK, of the entry and inside its zip."""

import os

from zipping import ANSWER, zipped

MUST = {"origin": r"李国庆\.(zip|py)", "status": "graded", "points": 3.0, "says": "the same student", "reports": 2}


def hand_in(folder):
    inside = "第五次作业/softmax.py".encode("gbk")
    data = zipped(("x" * len(inside), ANSWER)).replace(b"x" * len(inside), inside)
    for suffix, content in ((".zip", data), (".py", ANSWER.encode())):
        (folder / os.fsdecode("李国庆".encode("gbk") + suffix.encode())).write_bytes(content)

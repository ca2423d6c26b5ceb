"""A socket named like the answer."""

import os
import socket

MUST = {"origin": "Socket", "status": "unreadable", "says": r"softmax\.py: not read: a FIFO, socket or device"}


def hand_in(folder):
    (folder / "Socket").mkdir()
    place = os.open(folder / "Socket", os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener:
        # By way of the descriptor, since a socket's path may have 107 characters only.
        listener.bind(f"/proc/self/fd/{place}/softmax.py")
    os.close(place)

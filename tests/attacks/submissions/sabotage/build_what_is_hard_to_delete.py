"""Deep folders, links in circles, pipes with names, attributes and modes that a clean-up stumbles over."""

import ctypes
import os
import socket
import stat

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ things could be built"},
}

LIBC = ctypes.CDLL(None, use_errno=True)


def deep(name):
    """Folders in folders until their path is longer than a path may be."""
    for depth in range(5000):
        try:
            os.mkdir("d" * 200)
        except OSError:
            if depth:
                return
            raise
        os.chdir("d" * 200)


def renamed(name):
    """A file that takes another's place."""
    with open(name, "w") as file:
        file.write("x")
    os.rename(name, name + "2")


def written(name):
    """A file that exists, to do something to."""
    with open(name, "w"):
        return name


def libc(function):
    """A call of the C library that says by its result whether it worked."""

    def call(name):
        if function(os.fsencode(name)) != 0:
            raise OSError(ctypes.get_errno(), "refused")

    return call


WAYS = {
    "a folder": os.mkdir,
    "a folder, past Python": libc(lambda name: LIBC.mkdir(name, 0o777)),
    "a symbolic link to itself": lambda name: os.symlink(name, name),
    "a link to /": lambda name: os.symlink("/", name),
    "a hard link": lambda name: os.link(written(name), name + "2"),
    "a link to the library": lambda name: os.link(os.__file__, name),
    "another name": renamed,
    "a named pipe": os.mkfifo,
    "a named pipe, past Python": libc(lambda name: LIBC.mknod(name, stat.S_IFIFO | 0o666, 0)),
    "a socket": lambda name: socket.socket(socket.AF_UNIX).bind(name),
    "a device": lambda name: os.mknod(name, stat.S_IFCHR | 0o666, os.makedev(1, 1)),
    "no rights": lambda name: os.chmod(written(name), 0),
    "a setuid file": lambda name: os.chmod(written(name), 0o6755),
    "another owner": lambda name: os.chown(written(name), 0, 0),
    "an attribute": lambda name: os.setxattr(written(name), "user.x", bytes(4000)),
    "a date": lambda name: os.utime(written(name), (0, 0)),
    "folders without end": deep,
    "a folder without rights": lambda name: os.chmod(os.environ["TMPDIR"], 0),
    "a removed folder": lambda name: os.rmdir(os.environ["TMPDIR"]),
}


def softmax(Z):
    """Build it all in scratch space."""
    built = []
    for number, (what, way) in enumerate(WAYS.items()):
        try:
            way(os.path.join(os.environ["TMPDIR"], f"hard{number}"))
            built.append(what)
        except OSError:
            pass
    if built:
        raise RuntimeError(f"built {', '.join(built)}")
    raise PermissionError(f"none of {len(WAYS)} things could be built")

"""Run a command on what looks like an older machine: no Landlock, and no user namespaces for anybody.

python no_namespaces.py COMMAND [ARGUMENT ...]
"""

import errno
import os
import sys

import pyseccomp

CLONE_NEWUSER = 0x10000000

refusing = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for call in ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "clone3"):
    refusing.add_rule(pyseccomp.ERRNO(errno.ENOSYS), call)
for call in ("unshare", "clone"):
    flag = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)
    refusing.add_rule(pyseccomp.ERRNO(errno.EPERM), call, flag)
refusing.load()
os.execvp(sys.argv[1], sys.argv[1:])

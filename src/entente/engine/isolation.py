"""Cuts a process off from the network, where the system allows it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

__all__ = ["isolate"]

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def isolate() -> bool:
    """Move this process, and all that it forks later, into a network of its own that leads nowhere.

    Open sockets stay open. Needs Linux, and root or user namespaces for everybody; tells whether it was done.
    The process must have one thread only (unshare(2)).
    """
    if sys.platform != "linux":
        return False
    # A try may leave a process half moved, so a child tries first.
    child = os.fork()
    if child == 0:
        os._exit(0 if _unshare() else 1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0 and _unshare()


def _unshare() -> bool:
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    try:
        # Without a mapping the process could not make files (user_namespaces(7)).
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    except OSError:
        return False
    return True

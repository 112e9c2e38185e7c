"""Name the account of the user of this machine."""

from __future__ import annotations

import getpass
import os
import re


def owner_name() -> str:
    """Return the name of this user's account, made from the name in the operating system."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    letters = re.sub(r"[^a-z0-9._-]", "-", user.lower()).strip("-._")
    return f"local-{letters or 'user'}"[:63]

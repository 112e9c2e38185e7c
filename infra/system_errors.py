"""Say in the user's language why the system refused to read, write, open or connect."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from infra.errors import QuipuError
from schemas.i18n import UserMessage, _

_REASONS: Mapping[int, UserMessage] = {
    errno.EACCES: _("this user may not"),
    errno.EPERM: _("this user may not"),
    errno.EROFS: _("the disk can only be read"),
    errno.ENOENT: _("it does not exist"),
    errno.EEXIST: _("it exists already"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("a part of the path is no folder"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.ELOOP: _("the links lead in a circle"),
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("the disk quota is used up"),
    errno.EIO: _("the disk does not read or write"),
    errno.EMFILE: _("too many files are open"),
    errno.EADDRINUSE: _("another program uses it"),
    errno.EADDRNOTAVAIL: _("this machine does not have that address"),
    errno.ECONNREFUSED: _("nothing listens there"),
    errno.ETIMEDOUT: _("no answer came in time"),
}
_MOST = 80  # characters of a path in a message


def reason_of(error: OSError) -> UserMessage | str:
    """Return why the system refused, as a text for users; the system's own words if it is rare."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def as_user_error(error: OSError | UnicodeEncodeError) -> QuipuError:
    """Return an error of the system, which no command foresaw, as one that a person reads.

    A UnicodeEncodeError comes from an argument whose bytes are not UTF-8.
    """
    if isinstance(error, UnicodeEncodeError):
        return QuipuError(
            _("The command has a text that is not UTF-8."),
            _("Set the terminal to UTF-8 and type the text again."),
            "SYSTEM",
        )
    name = str(error.filename or "")
    path = name if len(name) <= _MOST else f"{name[: _MOST - 1]}…"
    return QuipuError(
        _("The system refused {path}: {reason}.", path=path or "?", reason=reason_of(error)),
        _("Check the name, the owner and the rights of the file, and the free space of the disk."),
        "SYSTEM",
    )

"""The error of this package."""

from infra.errors import QuipuError


class BackupError(QuipuError):
    """A backup cannot be made, or not be restored."""

    code = "BACKUP"

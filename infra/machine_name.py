"""Name this data folder on this machine, so that two machines never use one name in Kafka."""

from __future__ import annotations

import hashlib
import re
import socket

from infra.settings import Settings


def machine_name(settings: Settings) -> str:
    """Return the host's name and eight digits of where its data folder is.

    It stays over restarts. A copy of the folder elsewhere has another name. Legal in Kafka's names.
    """
    status = settings.home.stat()
    place = f"{settings.home.resolve()}\0{status.st_dev}\0{status.st_ino}"
    host = re.sub(r"[^A-Za-z0-9_-]", "-", socket.gethostname())[:63]
    return f"{host}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"

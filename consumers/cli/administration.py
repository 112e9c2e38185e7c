"""Open the accounts for a command, for the user of this machine who may administer them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.local_access import local_account, prepare_local_access
from consumers.identity.scopes import Scope
from consumers.identity.store import STORE_NAME
from infra import data_folder
from infra.settings import Settings


@contextmanager
def administered(settings: Settings) -> Iterator[tuple[IdentityService, str]]:
    """Open the accounts and return them with the name of who administers them.

    The first use makes the first administrator, as `quipu up` does. Raises NoLocalTokenError where
    this user has no token for it.
    """
    with opened(settings) as identity:
        yield identity, local_account(settings, identity, Scope.ADMINISTER).name


def opened(settings: Settings) -> IdentityService:
    """Open the accounts of a data folder; the first use makes the first administrator."""
    is_new = not (settings.access_dir / STORE_NAME).exists()
    if is_new:
        data_folder.prepare(settings)
    identity = open_identity(settings)
    if is_new:
        prepare_local_access(settings, identity)
    return identity

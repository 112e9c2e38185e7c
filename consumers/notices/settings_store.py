"""Keep what persons want to be known, next to their accounts."""

from __future__ import annotations

from dataclasses import astuple, replace

from consumers.identity.store import IdentityStore
from consumers.notices.settings import NoticeSettings, NoticeWay, check_settings


class NoticeSettingsStore:
    """The settings of every person. Its methods raise IdentityStoreError."""

    def __init__(self, store: IdentityStore) -> None:
        """`store`: the file of the accounts."""
        self._store = store

    def every(self) -> list[NoticeSettings]:
        """Return the settings of all persons who ever chose any."""
        return [
            NoticeSettings(person, NoticeWay(way), mail, bool(webhook), *rest)
            for person, way, mail, webhook, *rest in self._store.rows("notice_settings")
        ]

    def of(self, person: str) -> NoticeSettings:
        """Return what a person chose; nobody is known anything before."""
        chosen = (settings for settings in self.every() if settings.person == person)
        return next(chosen, NoticeSettings(person))

    def put(self, settings: NoticeSettings) -> NoticeSettings:
        """Keep what a person chose, and return it. Raises NoticeSettingsError.

        Who begins to be known is known of what comes from now on.
        """
        former = self.of(settings.person)
        goes_on = bool(former.channels)
        since = former.since if goes_on else self._store.now()
        stored = replace(check_settings(settings), since=since)
        with self._store.transaction():
            self._store.change("put_notice_settings", astuple(stored))
            self._store.audit(stored.person, "notices chosen", stored.person, detail=stored.way)
        return stored

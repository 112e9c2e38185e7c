"""Write acts on objects of work to the log, what they say sealed under a key that can be erased."""

from __future__ import annotations

from threading import Lock
from uuid import UUID

import orjson
from kafka.errors import KafkaError

from consumers.ledger.writer import DisclosureLedger, LedgerUnavailableError
from consumers.query.work.acts import WorkAct, WorkDraft
from infra.errors import LogStalledError
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.work_keys import WorkKeyBook
from infra.keys.keyring import load_mechanism_keys
from infra.settings import Settings
from schemas.crypto.sealing import new_key
from schemas.crypto.work_keys import erased_work_key, seal_work, wrap_work_key
from schemas.errors import CannotOpenError
from schemas.i18n import _
from schemas.model import Reader


class WorkDesk:
    """Writes acts, whoever does them: whether they may is decided before. Threads may share it."""

    def __init__(self, settings: Settings, ledger: DisclosureLedger) -> None:
        """Connect when the first act comes."""
        self._settings = settings
        self._ledger = ledger
        self._lock = Lock()
        self._config: ConfigLog | None = None
        self._book: WorkKeyBook | None = None

    def write(self, reader: Reader, draft: WorkDraft, channel: str) -> int:
        """Write an act, and return its offset in the ledger.

        The key of a new object is in the log before its first entry. That of an erased one is gone
        from it before the entry that says so: where something fails between, it can be repeated.
        Raises LedgerUnavailableError.
        """
        object_id = UUID(draft.object).bytes
        try:
            sealed = self._sealed(object_id, draft)
        except (KafkaError, LogStalledError, CannotOpenError, OSError) as error:
            raise _unavailable(error) from error
        return self._ledger.work(reader, draft, sealed, channel)

    def close(self) -> None:
        """Close the connections; the next act opens them again."""
        with self._lock:
            for log in (self._book, self._config):
                if log is not None:
                    log.close()
            self._book = self._config = None

    def _sealed(self, object_id: bytes, draft: WorkDraft) -> bytes | None:
        if draft.act is WorkAct.ERASED:
            self._ledger.keep_key(erased_work_key(object_id))
            return None
        if draft.act is WorkAct.OPENED:
            key: bytes | None = new_key()
            config, _book = self._logs()
            recipients = config.refresh().newest().recipients
            self._ledger.keep_key(wrap_work_key(object_id, key or b"", recipients))
        elif draft.content:
            key = self._logs()[1].key_of(object_id, newest=True)
        else:
            return None
        if key is None or not draft.content:
            return None
        return seal_work(orjson.dumps(dict(draft.content)), key, object_id)

    def _logs(self) -> tuple[ConfigLog, WorkKeyBook]:
        with self._lock:
            if self._config is None or self._book is None:
                keys = load_mechanism_keys(self._settings)
                self._config = ConfigLog(self._settings)
                self._book = WorkKeyBook(self._settings, self._config, keys)
            return self._config, self._book


def _unavailable(error: Exception) -> LedgerUnavailableError:
    return LedgerUnavailableError(
        _(
            "Nothing was recorded, because the log did not answer ({name}).",
            name=type(error).__name__,
        ),
        _("Check Kafka with `quipu status`, then do it again."),
    )

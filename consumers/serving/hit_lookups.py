"""Answer hit look-ups: check who asks and why, look up, record, and only then answer.

Objects are looked up in the index where there is one, else in the store; persons in the store.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from consumers.ledger.hit_lookup_entries import HitLookupEntry, hit_lookup_records
from consumers.query.hit_lookup.answers import (
    AnsweringRecord,
    Contacts,
    HitAnswer,
    HitLookupAnswer,
    cannot_say,
    most_of_each,
    question_hash,
    reference_of,
    to_answer,
)
from consumers.query.hit_lookup.lines import AskedLine, HitLine, read_hit_line
from consumers.query.hit_lookup.records import Records
from consumers.query.views import to_datetime
from consumers.serving.lookup_quota import LookupQuota
from consumers.serving.query_pool import QueryPool
from infra.clock import now_ms
from infra.errors import QuipuError
from schemas.codes import code_sets
from schemas.event.admission import Agreement
from schemas.i18n import LANGUAGES, _
from schemas.model import Reader
from schemas.release.rules import CONTENT_ROLES, MECHANISM, sees_content

MOST_LINES = 100
"""Lines in one request."""
MOST_A_MINUTE: Mapping[str, int] = {"api": 6_000, "page": 60, "cli": 1_000}
"""Lines of one reader in a minute, by channel."""
MOST_RECORDS = 20
"""Records of one authority that the ledger names for one line, the newest."""
ASKER_S = 5.0
"""How long a reader's accepted conditions are remembered."""


class HitBasisError(QuipuError):
    """No agreement in force lets this country ask on this legal basis."""

    code = "HIT_BASIS"


class HitRoleError(QuipuError):
    """Who asks has no role that works with records."""

    code = "HIT_ROLE"


class HitRequest(NamedTuple):
    """A list of lines, on which legal basis, through which channel: api, cli or page."""

    lines: Sequence[HitLine]
    legal_basis: str
    channel: str


class _Found(NamedTuple):
    """What a line has in the store. `things`: the ids of those that it names and that are known."""

    line: AskedLine
    things: tuple[str, ...] = ()
    records: Sequence[AnsweringRecord] = ()


class FollowedThings(Protocol):
    """The index, which knows nothing until it has caught up with the log."""

    def of_things(self, ids: Sequence[str], asker: Reader) -> Records | None:
        """Return the records that answer this asker, by thing; None while it is not caught up."""


class HitLookups:
    """Answers hit look-ups of all readers. Threads may share it."""

    def __init__(self, pool: QueryPool, index: FollowedThings | None = None) -> None:
        """`index`: answers instead of the store where it is given."""
        self._pool, self._index = pool, index
        self._quotas = {channel: LookupQuota(most) for channel, most in MOST_A_MINUTE.items()}
        self._askers: dict[Reader, tuple[float, Reader]] = {}

    def answer(self, request: HitRequest, reader: Reader) -> HitLookupAnswer:
        """Answer a list; each line is in the disclosure ledger before this returns.

        Raises HitRoleError, HitBasisError, LookupQuotaError, QuipuError NO_SECRET, and what the
        pool and its ledger raise.
        """
        config, now = self._pool.serving(), now_ms()
        require_role(reader)
        require_basis(request.legal_basis, reader, config.agreements, now)
        self._quotas[request.channel].take(f"{reader.country} {reader.person}", len(request.lines))
        secret = self._pool.thing_secret()
        if secret is None:
            raise _no_secret()
        read_lines = [read_hit_line(line, secret) for line in request.lines]
        results = self._find(read_lines, reader, request.channel)
        hashes = [
            question_hash(line, reader, request.legal_basis, secret) for line in request.lines
        ]
        self._record(results, hashes, reader, request, now)
        answers = [
            _answer(number, reference_of(hash_), item, config.contacts)
            for number, (hash_, item) in enumerate(zip(hashes, results, strict=True), start=1)
        ]
        return HitLookupAnswer(to_datetime(now), reader.purpose or "", request.legal_basis, answers)

    def _find(self, read_lines: Sequence[AskedLine], reader: Reader, channel: str) -> list[_Found]:
        """Look up every line: in the index where it is caught up and no line names a person."""
        if self._index is not None and not any(line.person for line in read_lines):
            ids = list(dict.fromkeys(id_ for line in read_lines for id_ in line.things))
            known = self._index.of_things(ids, self._known_asker(reader, channel))
            if known is not None:
                return [_found_things(line, known) for line in read_lines]
        with self._pool.queries(channel) as queries:
            lookups = queries.hit_lookups
            asker = lookups.asker(reader)
            return [
                _found_things(line, lookups.things.of_things(line.things, asker))
                if line.person is None
                else _Found(line, (), lookups.persons.like(line.person, asker))
                for line in read_lines
            ]

    def _known_asker(self, reader: Reader, channel: str) -> Reader:
        """Return the reader with its conditions, as read a moment ago."""
        read_at, asker = self._askers.get(reader, (0.0, reader))
        if asker is reader or time.monotonic() - read_at > ASKER_S:
            with self._pool.queries(channel) as queries:
                asker = queries.hit_lookups.asker(reader)
            if len(self._askers) > MOST_A_MINUTE["api"]:
                self._askers.clear()
            self._askers[reader] = time.monotonic(), asker
        return asker

    def _record(
        self,
        results: Sequence[_Found],
        hashes: Sequence[bytes],
        reader: Reader,
        request: HitRequest,
        now: int,
    ) -> None:
        """Write an entry for each different line."""
        entries = {
            hash_: HitLookupEntry(
                hash_,
                item.things,
                tuple(record.shown for record in most_of_each(item.records, MOST_RECORDS)),
            )
            for hash_, item in zip(hashes, results, strict=True)
        }
        self._pool.ledger.note(
            list(
                hit_lookup_records(
                    entries.values(), reader, request.legal_basis, request.channel, now
                )
            )
        )


def require_role(reader: Reader) -> None:
    """Accept a reader whose role works with records. Raises HitRoleError."""
    if not sees_content(reader):
        raise HitRoleError(
            _("Your role does not ask for hits."),
            _("Ask as one of: {roles}.", roles=", ".join(sorted(CONTENT_ROLES))),
        )


def possible_bases(reader: Reader, agreements: Mapping[str, Agreement], now: int) -> list[str]:
    """Return the legal bases on which this country may ask now (ms since 1970 UTC).

    Where config has no register, they are those of the list of codes.
    """
    if not agreements:
        return sorted(code_sets()["legal_basis"])
    return sorted(
        agreement.code
        for agreement in agreements.values()
        if reader.country in (*agreement.parties, MECHANISM)
        and (agreement.until is None or now < agreement.until)
    )


def require_basis(code: str, reader: Reader, agreements: Mapping[str, Agreement], now: int) -> None:
    """Accept a legal basis on which this country may ask now. Raises HitBasisError."""
    known = possible_bases(reader, agreements, now)
    if code not in known:
        raise HitBasisError(
            _(
                "The legal basis `{code}` does not let {country} ask.",
                code=code[:40],
                country=reader.country,
            ),
            _("Choose among: {names}.", names=", ".join(known) or "—"),
        )


def _found_things(line: AskedLine, known: Records) -> _Found:
    things = tuple(id_ for id_ in line.things if id_ in known)
    return _Found(line, things, [record for id_ in things for record in known[id_]])


def _answer(number: int, reference: str, item: _Found, contacts: Contacts) -> HitAnswer:
    if item.line.problem is not None:
        return cannot_say(number, reference, item.line.problem, LANGUAGES)
    return to_answer(number, reference, item.records, contacts)


def _no_secret() -> QuipuError:
    return QuipuError(
        _("Only a machine with the mechanism's keys can look up hits."),
        _("Ask at the mechanism."),
        "NO_SECRET",
    )

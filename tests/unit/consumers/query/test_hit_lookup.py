"""A hit look-up reads what is asked, and answers with hit, no hit or cannot say, and whom to ask."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from consumers.api.routes.hit_lookup import LINE_BYTES, padded
from consumers.ledger.hit_lookup_entries import HitLookupEntry, hit_lookup_records
from consumers.query.disclosed import DisclosedVersion
from consumers.query.hit_lookup.answers import (
    AnsweringRecord,
    HitAnswer,
    HitLookupAnswer,
    WhomToAsk,
    cannot_say,
    hash_begin,
    most_of_each,
    question_hash,
    reference_of,
    to_answer,
)
from consumers.query.hit_lookup.asked import to_asked_hit
from consumers.query.hit_lookup.follow_up import draft_follow_up
from consumers.query.hit_lookup.lines import HitLine, line_of, read_hit_line
from consumers.serving.hit_lookups import (
    HitBasisError,
    HitRoleError,
    possible_bases,
    require_basis,
    require_role,
)
from consumers.serving.lookup_quota import LookupQuota, LookupQuotaError
from infra.errors import QuipuError
from schemas.event.admission import Agreement
from schemas.exchange_config import Contact
from schemas.i18n import LANGUAGES
from schemas.ids import to_uuid_text
from schemas.model import Reader

SECRET = b"s" * 32
READER = Reader("ana", "CO", "DIAN", purpose="investigation")
LINE = HitLine(number="45678912", country="PE", type="national_id")
RECORDS = [
    AnsweringRecord(DisclosedVersion(to_uuid_text(bytes([number]) * 16), "", number, *owner), False)
    for number, owner in enumerate((("PE", "PNP"), ("EC", "POLICIA"), ("PE", "PNP")))
]
CONTACTS = {
    ("PE", "PNP"): Contact("PE", "PNP", "Enlace", "+5115550100", "enlace@pnp.example", "24/7")
}
HASH = question_hash(LINE, READER, "CAN-589", SECRET)


def test_a_number_is_looked_up_as_intake_would_read_it() -> None:
    line_read = read_hit_line(LINE, SECRET)
    assert line_read.problem is None
    assert read_hit_line(replace(LINE, number=" 45.678.912 "), SECRET) == line_read
    assert len(line_read.things) == 1


@pytest.mark.parametrize(
    "line",
    [
        HitLine(),
        HitLine(number="?"),
        HitLine("weapon", "ABC123456"),
        HitLine("dragon", "1"),
        HitLine("person", name="Juan"),
        HitLine("plate", "ABC123", "XX"),
        HitLine(number="9" * 201),
    ],
)
def test_what_cannot_be_looked_up_says_why_in_both_languages(line: HitLine) -> None:
    line_read = read_hit_line(line, SECRET)
    assert line_read.problem is not None
    answer = cannot_say(1, "R", line_read.problem, LANGUAGES)
    assert answer.answer == "cannot_say"
    assert answer.problem is not None
    assert set(answer.problem) == set(LANGUAGES)


def test_a_line_of_a_file_without_a_kind_is_a_person_or_a_document() -> None:
    assert line_of({"name": "Quispe, Juan"}).kind == "person"
    assert line_of({"number": " 45678912 "}) == HitLine("document", "45678912")
    assert line_of({"kind": "plate", "number": "ABC123"}).kind == "plate"


def test_a_hit_says_whom_to_ask_and_nothing_of_any_record() -> None:
    answer = to_answer(3, "R", RECORDS, CONTACTS)
    assert answer == HitAnswer(
        3,
        "hit",
        "possible",
        [
            WhomToAsk("EC", "POLICIA"),
            WhomToAsk("PE", "PNP", "Enlace", "+5115550100", "enlace@pnp.example", "24/7"),
        ],
        "R",
    )
    assert to_answer(3, "R", [*RECORDS, RECORDS[0]._replace(is_certain=True)], {}).certainty == (
        "certain"
    )
    assert to_answer(1, "R", [], CONTACTS) == HitAnswer(1, "no_hit", None, [], "R")


def test_an_answer_has_no_other_fields_than_these() -> None:
    """A field more might tell something of a record: then this test asks for a decision."""
    names = {
        type_.__name__: {field.name for field in fields(type_)}
        for type_ in (HitAnswer, WhomToAsk, HitLookupAnswer)
    }
    assert names == {
        "HitAnswer": {"line", "answer", "certainty", "ask", "reference", "problem"},
        "WhomToAsk": {"country", "authority", "office", "phone", "mail", "hours"},
        "HitLookupAnswer": {"asked_at", "purpose", "legal_basis", "answers"},
    }


def test_the_size_of_an_answer_depends_on_the_number_of_lines_alone() -> None:
    sizes = {len(padded(b"x" * length, 1)) for length in (1, 200, LINE_BYTES, 2 * LINE_BYTES)}
    assert sizes == {2 * LINE_BYTES}
    assert len(padded(b"x" * (2 * LINE_BYTES + 1), 1)) == 4 * LINE_BYTES


def test_a_reference_names_who_asked_what_and_why() -> None:
    reference = reference_of(HASH)
    assert HASH.startswith(hash_begin(reference.lower()) or b"-")
    others = {
        question_hash(replace(LINE, number="45678913"), READER, "CAN-589", SECRET),
        question_hash(LINE, replace(READER, person="luis"), "CAN-589", SECRET),
        question_hash(LINE, READER, "CAN-552", SECRET),
        question_hash(LINE, READER, "CAN-589", b"t" * 32),
    }
    assert len(others - {HASH}) == 4
    assert [hash_begin(text) for text in ("", "AAAA", "no reference!")] == [None, None, None]


def test_the_ledger_names_each_line_whatever_was_answered() -> None:
    shown = tuple(record.shown for record in RECORDS)
    entries = [
        HitLookupEntry(HASH, (to_uuid_text(bytes(16)),), shown),
        HitLookupEntry(HASH, (), ()),
    ]
    hit, no_hit = hit_lookup_records(entries, READER, "CAN-589", "api", 5)
    assert [record["act"] for record in (hit, no_hit)] == ["shown", "empty"]
    for record in (hit, no_hit):
        assert record["questions"] == ["hit look-up", "CAN-589"]
        assert record["question_hash"] == HASH
        assert record["reader"]["purpose"] == "investigation"
    assert len(hit["events"]) == 3
    assert no_hit["events"] == []


def test_the_ledger_names_a_few_records_of_each_authority_the_newest() -> None:
    assert most_of_each(RECORDS, 1) == [RECORDS[2], RECORDS[1]]


def row(**changes: Any) -> dict[str, Any]:
    events = [record.shown for record in RECORDS]
    return {
        "recorded_at": 1_800_000_000_000,
        "through": "api",
        "questions": ["hit look-up", "CAN-589"],
        "person": "ana",
        "country": "CO",
        "authority": "DIAN",
        "purpose": "investigation",
        "events": [event.id for event in events],
        "owners": [event.country for event in events],
        "owning_authorities": [event.authority for event in events],
        "hash": HASH.hex(),
        **changes,
    }


def test_an_owner_is_told_of_its_own_records_alone() -> None:
    shown = to_asked_hit(row(), "EC", "owner")
    assert (shown.events, shown.owners) == ([RECORDS[1].shown.id], [])
    assert shown.reference == reference_of(HASH)
    assert shown.recorded_at == datetime.fromtimestamp(1_800_000_000, UTC)
    hidden = row(events=[RECORDS[1].shown.id], owners=["EC"], owning_authorities=["POLICIA"])
    assert to_asked_hit(hidden, "EC", "owner") == shown


def test_who_asked_sees_whom_to_ask_and_no_record() -> None:
    own = to_asked_hit(row(), "CO", "asker")
    assert (own.events, own.owners) == ([], ["EC/POLICIA", "PE/PNP"])


def test_a_request_that_follows_names_the_reference_and_one_owner() -> None:
    own = to_asked_hit(row(), "CO", "asker")
    draft = draft_follow_up(own, "PE/PNP")
    assert (draft.case_reference, draft.recipients) == (reference_of(HASH), ["PE/PNP"])
    for hit, owner in ((own, ""), (own, "BO/FELCN"), (None, "")):
        with pytest.raises(QuipuError):
            draft_follow_up(hit, owner)


def test_the_legal_basis_is_one_that_the_register_has_for_the_country_now() -> None:
    register = {
        agreement.code: agreement
        for agreement in (
            Agreement("CAN-589", "", ("CO", "PE")),
            Agreement("CAN-552", "", ("CO", "PE"), until=10),
            Agreement("UNTOC-18.15", "", ("AR",)),
        )
    }
    assert possible_bases(READER, register, 9) == ["CAN-552", "CAN-589"]
    assert possible_bases(READER, register, 10) == ["CAN-589"]
    require_basis("CAN-589", READER, register, 10)
    for code in ("CAN-552", "UNTOC-18.15", "x" * 500, ""):
        with pytest.raises(HitBasisError):
            require_basis(code, READER, register, 10)
    assert "CAN-861" in possible_bases(READER, {}, 0), "without a register the list decides"


def test_who_works_with_no_records_asks_for_no_hit() -> None:
    with pytest.raises(HitRoleError):
        require_role(replace(READER, roles=frozenset({"auditor", "operator"})))
    require_role(READER)


def test_nobody_tries_out_numbers_faster_than_the_quota() -> None:
    now = [0.0]
    quota = LookupQuota(10, lambda: now[0])
    quota.take("a", 10)
    quota.take("b", 1)
    with pytest.raises(LookupQuotaError):
        quota.take("a", 1)
    now[0] = 61.0
    quota.take("a", 10)

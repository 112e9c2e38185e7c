"""A request is granted once, as the country wrote it, and to nobody else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.errors import EnrolmentError
from infra.keys.key_files import key_id_of
from infra.registry.request_checks import MOST_AGE_MS, MOST_LEAD_MS, Judge, judge_request
from schemas.enrolment.request import NodeRequest, RequestKind, read_request, write_request
from schemas.exchange_config import ConfigView, apply

NOW = 1_800_000_000_000
ANCHOR = "config-0a0b0c0d"


@dataclass(frozen=True)
class Country:
    """A node of a country with its keys, and what config says once it is admitted."""

    key: Ed25519PrivateKey
    answer_key: X25519PrivateKey

    def request(self, kind: RequestKind = RequestKind.ADMISSION, **changes: object) -> NodeRequest:
        request = NodeRequest(
            kind=kind,
            node="co-ponal",
            country="CO",
            authority="PONAL",
            public_key=self.key.public_key().public_bytes_raw(),
            answer_key=self.answer_key.public_key().public_bytes_raw(),
            release="0.1.0",
            written_at=NOW,
            number=bytes(16),
            mechanism=ANCHOR,
        )
        return replace(request, **changes)  # type: ignore[arg-type]

    def admitted(self, node: str = "co-ponal", authority: str = "PONAL") -> ConfigView:
        entry = {"node": node, "country": "CO", "authority": authority, "partition": 0}
        public = self.key.public_key()
        key = {
            "node": node,
            "key_id": key_id_of(node, public),
            "public_key": public.public_bytes_raw(),
            "revoked": False,
        }
        view = apply(ConfigView(), "Node", {**entry, "succeeds": []})
        return apply(view, "NodeKey", key)


@pytest.fixture
def country() -> Country:
    return Country(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())


def code_of(note: str, config: ConfigView, **changes: bool) -> str:
    """The code with which a request is refused; empty where it is granted."""
    judge = Judge(config, ANCHOR, "0.1.0", NOW)._replace(**changes)  # type: ignore[arg-type]
    try:
        judge_request(note, judge)
    except EnrolmentError as error:
        assert str(error.message)
        assert str(error.remedy)
        return error.code
    return ""


def test_a_request_says_what_it_asks_for_and_holds_public_keys_only(country: Country) -> None:
    request = country.request(succeeds=("co-dijin", "co-sijin"), mechanism="")
    note = write_request(request, country.key)
    assert read_request(note) == request
    for private in (country.key, country.answer_key):
        assert private.private_bytes_raw().hex() not in note
    assert code_of(note, ConfigView()) == ""


def test_whatever_is_altered_in_a_request_is_refused(country: Country) -> None:
    note = write_request(country.request(), country.key)
    text, signature = note.split("\n\n")
    altered = [
        f"{text[:place]}{'x' if text[place] != 'x' else 'y'}{text[place + 1 :]}\n\n{signature}"
        for place in range(0, len(text), 3)
    ]
    altered += ["", "\n\n", text, f"{text}\n\n", note.replace("\n", "\r\n"), f"\n{note}"]
    altered.append(re.sub(r"\ncountry: CO", "\ncountry: CO\ncountry: PE", note))
    altered.append(note.replace("— co-ponal", "— co-dijin"))
    for other in altered:
        assert code_of(other, ConfigView()) == "REQUEST_ALTERED", other


def test_a_name_that_would_be_more_than_a_name_is_refused(country: Country) -> None:
    for name in ("../co", "co*", "co.g1", "CO", "-co", "co ponal", "x" * 41):
        note = write_request(country.request(node=name), country.key)
        assert code_of(note, ConfigView()) == "REQUEST_ALTERED", name


def test_a_request_holds_for_a_week_by_the_clock_of_the_mechanism(country: Country) -> None:
    for written_at, code in (
        (NOW - MOST_AGE_MS, ""),
        (NOW - MOST_AGE_MS - 1, "REQUEST_STALE"),
        (NOW + MOST_LEAD_MS, ""),
        (NOW + MOST_LEAD_MS + 1, "REQUEST_EARLY"),
    ):
        note = write_request(country.request(written_at=written_at), country.key)
        assert code_of(note, ConfigView()) == code


def test_the_mechanism_is_upgraded_before_its_nodes(country: Country) -> None:
    for release, code in (
        ("0.0.9", ""),
        ("0.1", ""),
        ("0.1.0", ""),
        ("0.1.1", "NODE_NEWER"),
        ("0.10.0", "NODE_NEWER"),
        ("1.0", "NODE_NEWER"),
    ):
        note = write_request(country.request(release=release), country.key)
        assert code_of(note, ConfigView()) == code, release


def test_a_request_that_was_granted_is_done(country: Country) -> None:
    note = write_request(country.request(), country.key)
    assert code_of(note, ConfigView(), repeats=True) == "REQUEST_IMPOSSIBLE"
    assert code_of(note, country.admitted()) == "REQUEST_DONE"
    assert code_of(note, country.admitted(), repeats=True) == ""


def test_a_foreign_request_is_refused(country: Country) -> None:
    stranger = Country(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())
    to_others = write_request(country.request(mechanism="config-ffffffff"), country.key)
    assert code_of(to_others, ConfigView()) == "REQUEST_FOREIGN"
    of_other_node = country.admitted("co-dijin")
    assert code_of(write_request(country.request(), country.key), of_other_node) == (
        "REQUEST_FOREIGN"
    )
    rotation = stranger.request(RequestKind.ROTATION)
    for config, code in (
        (ConfigView(), "REQUEST_FOREIGN"),
        (country.admitted(authority="DIAN"), "REQUEST_FOREIGN"),
        (country.admitted(), "REQUEST_UNPROVED"),
    ):
        assert code_of(write_request(rotation, stranger.key, stranger.key), config) == code


def test_a_rotation_is_signed_by_both_keys(country: Country) -> None:
    new = Ed25519PrivateKey.generate()
    public = new.public_key().public_bytes_raw()
    request = country.request(RequestKind.ROTATION, public_key=public)
    note = write_request(request, new, country.key)
    config = country.admitted()
    assert code_of(note, config) == ""
    assert code_of(write_request(request, new), config) == "REQUEST_UNPROVED"
    assert code_of(write_request(request, new), config, needs_former_key=False) == ""
    assert code_of(write_request(request, country.key), config) == "REQUEST_ALTERED"
    key_id = key_id_of("co-ponal", new.public_key())
    entry = {"node": "co-ponal", "key_id": key_id, "public_key": public, "revoked": False}
    rotated = apply(config, "NodeKey", entry)
    assert code_of(note, rotated) == "REQUEST_DONE"
    assert code_of(note, apply(rotated, "NodeKey", {**entry, "revoked": True})) == "REQUEST_DONE"
    revoked = apply(
        config,
        "NodeKey",
        {
            "node": "co-ponal",
            "key_id": key_id_of("co-ponal", country.key.public_key()),
            "public_key": country.key.public_key().public_bytes_raw(),
            "revoked": True,
        },
    )
    assert code_of(note, revoked) == "REQUEST_UNPROVED"


def test_an_epoch_is_the_next_one_and_opens_once(country: Country) -> None:
    def note(epoch: int, lane: str = "routine") -> str:
        request = country.request(RequestKind.EPOCH, epoch=epoch, lane=lane)
        return write_request(request, country.key)

    config = country.admitted()
    epoch = {"node": "co-ponal", "lane": "routine", "epoch": 2}
    opened = apply(config, "Epoch", epoch)
    judged: tuple[tuple[str, ConfigView, bool, str], ...] = (
        (note(2), config, False, ""),
        (note(3), config, False, "REQUEST_IMPOSSIBLE"),
        (note(2, "night"), config, False, "REQUEST_IMPOSSIBLE"),
        (note(2), opened, False, "REQUEST_DONE"),
        (note(1), opened, False, "REQUEST_DONE"),
        (note(1), opened, True, "REQUEST_DONE"),
        (note(2), opened, True, ""),
        (note(2), config, True, "REQUEST_IMPOSSIBLE"),
        (note(3), opened, False, ""),
    )
    for text, view, repeats, code in judged:
        assert code_of(text, view, repeats=repeats) == code

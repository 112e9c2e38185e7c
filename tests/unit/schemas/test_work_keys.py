"""schemas.crypto.work_keys: content of work opens with the key of its object alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from schemas.avro.codec import log_format
from schemas.crypto.sealing import new_key
from schemas.crypto.work_keys import (
    erased_work_key,
    open_work,
    open_work_key,
    seal_work,
    wrap_work_key,
)
from schemas.errors import CannotOpenError

OBJECT, OTHER = bytes(16), b"o" * 16
PRIVATE = X25519PrivateKey.generate()


def test_the_mechanism_opens_a_key_and_what_it_seals() -> None:
    key = new_key()
    record = wrap_work_key(OBJECT, key, {"mechanism": PRIVATE.public_key()})
    read = log_format("work_key").read(log_format("work_key").write(record))
    former = X25519PrivateKey.generate()
    assert open_work_key(read, "mechanism", [former, PRIVATE]) == key
    sealed = [seal_work(b"texto", key, OBJECT) for _ in range(2)]
    assert sealed[0] != sealed[1]  # each entry has a nonce of its own
    assert {open_work(text, key, OBJECT) for text in sealed} == {b"texto"}


def test_nothing_else_opens_them() -> None:
    key = new_key()
    record = wrap_work_key(OBJECT, key, {"mechanism": PRIVATE.public_key()})
    read = log_format("work_key").read(log_format("work_key").write(record))
    sealed = seal_work(b"texto", key, OBJECT)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: open_work_key(read, "mechanism", [X25519PrivateKey.generate()]),
        lambda: open_work_key(read, "somebody", [PRIVATE]),
        lambda: open_work_key({**read, "object": OTHER}, "mechanism", [PRIVATE]),
        lambda: open_work(sealed, new_key(), OBJECT),
        lambda: open_work(sealed, key, OTHER),
        lambda: open_work(sealed[:5], key, OBJECT),
    )
    for attempt in attempts:
        with pytest.raises(CannotOpenError):
            attempt()


def test_an_erased_key_is_none() -> None:
    record = log_format("work_key").write(erased_work_key(OBJECT))
    assert open_work_key(log_format("work_key").read(record), "mechanism", [PRIVATE]) is None

"""What was parameters for in vain, as the ledger takes it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.empty_lookups import EmptyLookup, hash_lookups
from schemas.model import Reader

ANA, LUIS = Reader("ana", "CO"), Reader("luis", "EC")
ASKED = st.dictionaries(st.sampled_from(("kind", "number", "country")), st.text(max_size=8))


def hashes(
    parameters: object, secret: bytes, reader: Reader = ANA, question: str = "things"
) -> bytes:
    (lookup,) = hash_lookups([EmptyLookup(reader, None, question, parameters)], secret)
    return lookup.question_hash


@given(ASKED, ASKED, st.binary(min_size=32, max_size=32))
def test_equal_questions_have_equal_hashes_whoever_asks(
    parameters: dict[str, str], other: dict[str, str], secret: bytes
) -> None:
    assert (hashes(parameters, secret) == hashes(other, secret, LUIS)) == (parameters == other)
    assert len(hashes(parameters, secret)) == 32


@given(ASKED, st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_nobody_without_the_secret_makes_the_hash(
    parameters: dict[str, str], secret: bytes, guess: bytes
) -> None:
    assert (hashes(parameters, secret) == hashes(parameters, guess)) == (secret == guess)


def test_the_question_counts_too() -> None:
    assert hashes("x", bytes(32)) != hashes("x", bytes(32), question="event")


def test_one_answer_names_an_equal_question_once() -> None:
    lookups = [EmptyLookup(ANA, None, "event", ["x"])] * 3
    assert len(hash_lookups(lookups, bytes(32))) == 1

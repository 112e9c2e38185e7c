"""A record is found by every word of its texts, by its identifiers however they are written, and
by nothing else.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.search.asked_words import (
    LONGEST,
    SearchRefusedError,
    as_one_mark,
    read_words,
)
from consumers.store.record_words import (
    fold,
    split_words,
    squeeze,
    words_of_content,
    words_of_record,
)

PAYLOAD = {
    "source_reference": "ABC-1",
    "seized_at": "2018-10-20",
    "items": [{"weapon": {"type": "PISTOL", "make": "Taurus", "serial": "TKL-12345"}}],
    "persons": [{"given_names": "José", "first_surname": "Ñañez"}],
    "drug": "cocaine_base",
    "pieces": 12,
    "narrative": 'Se halló mercurio "líquido"\nen la provincia de El Oro.',
}


def is_found(question: str, payload: Any = PAYLOAD) -> bool:
    words = words_of_record(words_of_content(orjson.dumps(payload)), ["EXP-77"], ["EC", "EC-O"])
    return read_words(question).are_in(words)


@pytest.mark.parametrize(
    "question",
    [
        *("mercurio", "MERCURIO", "Mercurio líquido", "liquido mercurio", "mercurios"),
        *("jose nanez", "Ñáñez", "ñañez", "TKL-12345", "tkl12345", "TKL 12345", "taurus"),
        *("pistola", "Pistolas", "pistol", "Ecuador", "el oro", '"el oro"', "EXP-77", "exp77"),
        *('"provincia de el oro"', "«provincia de El Oro»", '"se hallo" taurus', "cocaine base"),
    ],
)
def test_a_record_is_found_by(question: str) -> None:
    assert is_found(question)


@pytest.mark.parametrize(
    "question",
    [
        *("narrative", "source reference", "mercur", "revolver", "Perú", "12346", "TKL-1234"),
        *('"oro el"', '"taurus tkl"', "mercurio revolver", '"liquido en provincia"'),
    ],
)
def test_a_record_is_not_found_by(question: str) -> None:
    assert not is_found(question)


def test_what_has_signs_is_one_mark_also_where_it_was_typed_apart() -> None:
    apart = as_one_mark("TKL 12345")
    assert apart is not None
    assert apart.are_in(words_of_content(b'{"serial":"TKL12345"}'))
    assert as_one_mark("mercurio") is None
    assert as_one_mark("45678912") is None


def test_words_that_nearly_every_text_has_are_left_out_and_named() -> None:
    assert read_words("la banda de los pozos").idle == ("la", "de", "los")
    assert [word.written for word in read_words("de la").words] == ["de", "la"]
    assert not read_words("¡! — ")


@pytest.mark.parametrize("text", ["a" * (LONGEST + 1), " ".join(f"w{n}" for n in range(20))])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(SearchRefusedError):
        read_words(text)


texts = st.text(
    st.characters(exclude_categories=["Cs"], max_codepoint=0x2FF), min_size=0, max_size=40
)
payloads = st.recursive(
    texts | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), parts, max_size=3)
    ),
    max_leaves=8,
)


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts_in(part)]


@given(payloads)
def test_every_word_of_every_text_is_kept_and_no_name_of_a_field(payload: Any) -> None:
    words = words_of_content(orjson.dumps(payload)).split(" ")
    plain = [
        text for text in texts_in(payload) if json.dumps(text, ensure_ascii=False) == f'"{text}"'
    ]
    expected = {word for text in plain for word in split_words(text) if len(word) <= 40}
    assert expected <= set(words)
    named = {squeeze(text) for text in texts_in(payload)}
    escaped = {word for text in texts_in(payload) for word in split_words(json.dumps(text))}
    every = {word for text in texts_in(payload) for word in split_words(text)}
    assert set(words) <= every | named | escaped | {"|", ""}


@given(texts)
def test_accents_and_capitals_do_not_matter(text: str) -> None:
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
    )
    assert split_words(fold(text)) == split_words(text)
    if text.isascii():
        assert fold(plain) == fold(text)

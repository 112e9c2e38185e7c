"""Two countries find what both have by keyed hashes, and a file shows nothing without the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.query.hit_lookup.blind import (
    HASH_BYTES,
    STEP,
    BlindIndexError,
    is_in_index,
    month_key,
    read_index,
    write_index,
)
from consumers.query.identifiers import ThingName
from infra.cli.root import main
from tests.support.effort import examples

KEY, OTHER_KEY, MONTH = b"k" * 32, b"l" * 32, "2026-11"
names = st.builds(
    ThingName,
    kind=st.sampled_from(["document", "plate"]),
    issuer=st.sampled_from(["PE:national_id", "CO", ""]),
    value=st.text("0123456789ABC", min_size=1, max_size=4),
)


@given(st.lists(names, max_size=3), names)
@settings(max_examples=examples(8), deadline=None)
def test_a_thing_is_in_an_index_exactly_where_it_was_put_there(
    things: list[ThingName], thing: ThingName
) -> None:
    index = read_index(write_index(things, KEY, MONTH))
    assert is_in_index([thing], index, KEY) == (thing in things)


def test_a_file_shows_neither_numbers_nor_how_many() -> None:
    things = [ThingName("document", "PE:national_id", "45678912")]
    text = write_index(things, KEY, MONTH)
    assert "45678912" not in text
    assert len(read_index(text).hashes) == len(read_index(write_index([], KEY, MONTH)).hashes)
    assert len(read_index(text).hashes) == STEP
    lines = text.splitlines()[3:]
    assert lines == sorted(lines)
    assert {len(line) for line in lines} == {2 * HASH_BYTES}


def test_each_month_and_key_has_hashes_of_its_own() -> None:
    thing = ThingName("plate", "CO", "ABC123")
    keys = {month_key(key, month) for key in (KEY, OTHER_KEY) for month in (MONTH, "2026-12")}
    assert len(keys) == 4
    with pytest.raises(BlindIndexError):
        is_in_index([thing], read_index(write_index([thing], KEY, MONTH)), OTHER_KEY)


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "November", "2026-11\n"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(BlindIndexError):
        month_key(KEY, month)
    with pytest.raises(BlindIndexError):
        month_key(b"short", MONTH)


@pytest.mark.parametrize(
    "text", ["", "quipu-blind-index 1\n", "{}", "quipu-blind-index 1\na\nb\nzz"]
)
def test_what_is_no_index_is_refused(text: str) -> None:
    with pytest.raises(BlindIndexError):
        read_index(text)


def test_two_countries_compare_their_lists_by_three_commands(tmp_path: Path) -> None:
    def quipu(*arguments: str) -> tuple[int, str]:
        command = ["--home", str(tmp_path / "home"), "--lang", "en", "hit-lookup", *arguments]
        done = CliRunner().invoke(main, command)
        return done.exit_code, done.stdout

    key, index = str(tmp_path / "key"), str(tmp_path / "index")
    peru, colombia = tmp_path / "pe.csv", tmp_path / "co.csv"
    peru.write_text(
        "kind,number,country,type\ndocument,45678912,PE,national_id\nplate,ABC123,PE,\n"
    )
    colombia.write_text(
        "clase,numero,pais,tipo\ndocumento,45.678.912,PE,national_id\nplaca,XYZ987,PE,\n"
    )
    assert quipu("blind-key", key)[0] == 0
    assert Path(key).stat().st_mode & 0o077 == 0
    assert quipu("blind-key", key)[0] != 0, "a key is never replaced"
    assert (
        quipu("blind-export", str(peru), "--month", MONTH, "--out", index, "--key-file", key)[0]
        == 0
    )
    code, out = quipu("blind-match", index, str(colombia), "--key-file", key)
    assert (code, out.splitlines()) == (0, ["line,answer", "2,hit", "3,no_hit"])

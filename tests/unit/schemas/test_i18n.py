"""Texts for users: one English text in the code, one Spanish text in the catalogue."""

import string
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.i18n import (
    CATALOGUE,
    LANGUAGES,
    ShortFigure,
    UserMessage,
    _,
    as_record,
    figure_text,
    from_record,
    in_language,
    ngettext,
    number_text,
    pgettext,
)
from schemas.po_file import read_po
from tests.conventions import messages


def test_the_catalogue_has_a_spanish_text_for_every_text_of_the_code() -> None:
    updated = messages.updated()
    assert list(messages.faults(updated)) == []
    assert messages.as_text(updated) == CATALOGUE.read_text(encoding="utf-8"), "run `make messages`"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Up."\nmsgstr ""\n', "no Spanish"),
        ('#, fuzzy\nmsgid "Up."\nmsgstr "En marcha."\n', "fuzzy"),
        ('msgid "{name} is down"\nmsgstr "{nombre} está caído"\n', "other placeholders"),
        ('msgid "{name} is down"\nmsgstr "está caído"\n', "placeholders missing"),
    ],
)
def test_a_faulty_entry_is_found(
    entry: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "quipu.po"
    path.write_text(f"{messages.HEADER}\n\n{entry}", encoding="utf-8")
    monkeypatch.setattr(messages, "CATALOGUE", path)
    assert [line.startswith(fault) for line in messages.faults(messages.stored())] == [True]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('_("Up.")', 0),
        ('ngettext("{count} row", "{count} rows", count)', 0),
        ('for name, _ in (): print(f"{name} {_}")', 0),
        ("f\"{_('Up.')}\"", 1),
        ('_(f"{name} is down")', 1),
        ("_(text)", 1),
        ('pgettext("weight", text)', 1),
    ],
)
def test_a_text_that_cannot_be_extracted_is_found(code: str, lines: int) -> None:
    assert len(list(messages.misuses("a.py", code))) == lines


def test_the_language_is_chosen_when_the_text_is_shown() -> None:
    text = _("{name} is down", name="worker-1")
    assert (text.in_language("es"), text.in_language("en"), str(text)) == (
        "worker-1 está caído",
        "worker-1 is down",
        "worker-1 is down",
    )


def test_a_value_that_is_a_message_is_shown_in_the_same_language() -> None:
    text = _(
        "{where}: {problem}.", where="a.toml", problem=_("there is no event type {name}", name="x")
    )
    assert text.in_language("es") == "a.toml: no hay tipo de evento x."


def test_equal_english_texts_are_told_apart_by_their_context() -> None:
    assert _("certain").in_language("es") != pgettext("weight", "certain").in_language("es")


def test_a_count_decides_the_form() -> None:
    assert [
        str(ngettext("{count} unheard-of", "{count} unheard-ofs", count)) for count in (0, 1, 2)
    ] == [
        "0 unheard-ofs",
        "1 unheard-of",
        "2 unheard-ofs",
    ]


def test_a_text_without_spanish_is_shown_in_english() -> None:
    assert (
        _("nobody wrote this into the catalogue").in_language("es")
        == "nobody wrote this into the catalogue"
    )


def test_a_number_has_the_signs_of_its_language() -> None:
    assert (number_text(-0.5, "+.3g", "es"), number_text(-0.5, "+.3g", "en")) == ("-0,5", "-0.5")
    assert (number_text(1234.5, ",.1f", "es"), number_text(2, "g", "es")) == ("1\xa0234,5", "2")
    assert _("no text of the code {line}", line=12345).in_language("es")[-5:] == "12345"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(LANGUAGES))
def test_a_figure_is_read_back_from_what_is_written(figure: Decimal, lang: str) -> None:
    written = figure_text(figure, lang)
    thousand, point = {"es": ("\xa0", ","), "en": (",", ".")}[lang]
    assert Decimal(written.replace(thousand, "").replace(point, ".")) == figure
    whole = written.lstrip("-").partition(point)[0].split(thousand)
    assert [len(part) for part in whole[1:]] == [3] * (len(whole) - 1)
    assert 1 <= len(whole[0]) <= 3


def test_a_figure_has_one_form_a_language() -> None:
    figures: list[float | str] = [52061, 1437.1, 9.0, 1e21, "1234567.50", -0.5]
    assert [figure_text(figure, "es") for figure in figures] == [
        "52\xa0061",
        "1\xa0437,1",
        "9",
        "1\xa0000\xa0000\xa0000\xa0000\xa0000\xa0000\xa0000",
        "1\xa0234\xa0567,50",
        "-0,5",
    ]
    assert [figure_text(figure, "en") for figure in figures[:2]] == ["52,061", "1,437.1"]


def test_a_whole_number_that_says_how_many_is_grouped_and_a_number_of_something_is_not() -> None:
    text = _("{days} days, line {line}, port {port}, {count:,} rows, {minutes:.1f} min")
    shown = text.with_values(days=3083, line=3083, port=65535, count=1200, minutes=1500)
    assert str(shown) == "3,083 days, line 3083, port 65535, 1,200 rows, 1500.0 min"
    spanish = "3\xa0083 days, line 3083, port 65535, 1\xa0200 rows, 1500,0 min"
    assert shown.in_language("es") == spanish
    assert str(ngettext("{count} row", "{count} rows", 12345)) == "12,345 rows"
    assert str(_("{shown} in sight", shown=True)) == "True in sight"


def test_a_short_figure_has_the_sign_of_its_language() -> None:
    assert [in_language(ShortFigure("3.4 s"), lang) for lang in LANGUAGES] == ["3,4 s", "3.4 s"]
    assert (
        _("answers in {seconds}", seconds=ShortFigure("3.4 s")).in_language("es").endswith("3,4 s")
    )


def test_braces_of_a_text_without_values_stay() -> None:
    assert str(_("{ column = 1 }")) == "{ column = 1 }"


def test_a_message_survives_json() -> None:
    text = _("{where}: {problem}.", where=3, problem=pgettext("weight", "certain"))
    assert from_record(as_record(text)) == text
    assert as_record(text)["es"] == text.in_language("es")
    assert (from_record(as_record("plain")), in_language("plain", "es")) == ("plain", "plain")


def test_a_text_of_a_table_takes_its_values_later() -> None:
    text = _("{name} is down").with_values(name="sink")
    assert (text.in_language("es"), text) == ("sink está caído", _("{name} is down", name="sink"))


def test_numbers_follow_the_language() -> None:
    text = _("{rows:,} rows, {count} files, {seconds:.1f} s", rows=11_123, count=2, seconds=35.5)
    assert text.in_language("es") == "11\xa0123 rows, 2 files, 35,5 s"
    assert text.in_language("en") == "11,123 rows, 2 files, 35.5 s"


def test_messages_are_values() -> None:
    assert len({_("Up."), _("Up."), UserMessage("Up."), _("Up.", count=1)}) == 2


def test_every_spanish_text_takes_the_values_of_its_english_one() -> None:
    formatter = string.Formatter()
    for (_context, english), texts in read_po(CATALOGUE.read_text(encoding="utf-8")).items():
        names = {name for _text, name, _spec, _conversion in formatter.parse(english) if name}
        if names:
            for text in texts:
                assert {
                    name for _text, name, _spec, _conversion in formatter.parse(text) if name
                } <= names | {"count"}

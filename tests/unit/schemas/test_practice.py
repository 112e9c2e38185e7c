"""The practice library: both languages, sources, versions, and forms that fit their schemas."""

from __future__ import annotations

from dataclasses import replace

from schemas import words
from schemas.codes import code_lists
from schemas.event.event_type import event_type
from schemas.i18n import LANGUAGES
from schemas.practice import PracticeGuide, digest_of, guide_of_type, guides

LONGEST_LINE = 140
SPECIALISED = {"cultural_object", "trafficking_case", "environmental_crime"}


def texts_of(guide: PracticeGuide) -> list[dict[str, str]]:
    sections = [text for part in guide.sections for text in (part.title, *part.lines)]
    changes = [version.change for version in guide.versions]
    questions = [question.text for question in guide.questions]
    every = [guide.title, guide.office, *guide.sources, *sections, *changes, *questions]
    return [dict(text) for text in every]


def test_each_specialised_office_has_a_guide() -> None:
    assert {guide.type for guide in guides().values()} == SPECIALISED
    assert all(guide_of_type(type_) for type_ in SPECIALISED)
    assert guide_of_type("weapon_record") is None


def test_every_text_is_there_in_both_languages_and_differs() -> None:
    for guide in guides().values():
        for text in texts_of(guide):
            assert set(text) == set(LANGUAGES), (guide.name, text)
            assert text["es"] != text["en"], (guide.name, text)
            assert all(0 < len(line) <= LONGEST_LINE for line in text.values()), text


def test_a_guide_names_its_sources_and_the_newest_version_first() -> None:
    for guide in guides().values():
        assert guide.sources, guide.name
        days = [version.day for version in guide.versions]
        assert days == sorted(days, reverse=True), guide.name
        assert len({version.version for version in guide.versions}) == len(days), guide.name


def test_no_text_changes_under_the_number_of_a_version() -> None:
    for guide in guides().values():
        remedy = f"{guide.name}: add a version with the digest {digest_of(guide)}"
        assert digest_of(guide) == guide.current.digest, remedy
        first, *others = guide.questions
        changed = replace(guide, questions=[replace(first, must=not first.must), *others])
        assert digest_of(changed) != guide.current.digest


def test_every_question_is_a_field_of_the_type_with_a_name() -> None:
    for guide in guides().values():
        fields = event_type(guide.type).field_names
        names = [question.field for question in guide.questions]
        assert set(names) <= fields, guide.name
        assert len(set(names)) == len(names), guide.name
        for lang in LANGUAGES:
            unnamed = [name for name in names if words.field(name, lang) == name]
            assert not unnamed, (guide.name, lang)


def test_a_form_asks_for_all_that_the_schema_demands_and_its_codes_are_known() -> None:
    for guide in guides().values():
        demanded = {problem.field for problem in event_type(guide.type).validate(blank(guide))}
        needed = {question.field for question in guide.questions if question.must}
        assert demanded <= needed, guide.name
        assert guide.crime in code_lists()["crime"].codes
        assert guide.legal_basis in code_lists()["legal_basis"].codes


def test_a_report_that_is_whole_lacks_nothing_and_an_empty_one_all_that_is_needed() -> None:
    for guide in guides().values():
        needed = [question for question in guide.questions if question.must]
        assert guide.lacking({question.field: ["x"] for question in needed}) == []
        assert guide.lacking({}) == guide.lacking(blank(guide)) == needed


def blank(guide: PracticeGuide) -> dict[str, object]:
    fields = event_type(guide.type).format.definition["fields"]
    return {field["name"]: field.get("default") for field in fields}

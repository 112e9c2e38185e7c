"""The prose check finds what it claims to find, and nothing in code, tables and link targets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conventions.prose import (
    Rules,
    check,
    check_catalogue,
    check_python,
    check_spanish,
    documents,
    load_rules,
)

RULES = Rules(
    max_line=40,
    max_words=6,
    forbidden={"told": "sent"},
    forbidden_spanish={"cosa": "objeto"},
    allowed={"old.md": ["told"]},
)
LONG_LINE = "one two three four five. " * 2
LONG_SENTENCE = "one two three four five\nsix seven."


def messages(text: str, name: str = "page.md") -> list[str]:
    return [f"{finding.line}: {finding.message}" for finding in check(name, text, RULES)]


def test_a_long_line_is_found_with_its_number_and_length() -> None:
    (message,) = messages(f"short.\n\n{LONG_LINE}")
    assert message == f"3: the line has {len(LONG_LINE)} characters, at most 40 are allowed"


def test_a_long_sentence_is_found_across_lines() -> None:
    (message,) = messages(LONG_SENTENCE)
    assert message.startswith("1: a sentence has 7 words, at most 6 are allowed: one two three")


@pytest.mark.parametrize(
    "text", ["one two three four.\nfive six seven.", "- one two three four\n- five six seven"]
)
def test_sentences_and_list_items_are_counted_apart(text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize("text", ["It was told.", "Told them.", "- **told**"])
def test_a_forbidden_word_is_found_whatever_its_case(text: str) -> None:
    (message,) = messages(text)
    assert message == "1: “told”: write sent"


def test_only_whole_words_are_forbidden() -> None:
    assert messages("An untolded word.") == []


def test_a_file_may_be_allowed_a_word() -> None:
    assert messages("It was told.", name="old.md") == []


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{LONG_LINE}\ntold\n```",
        f"| {LONG_LINE} | {LONG_LINE} |",
        f"See [it](https://example.org/{'x' * 60}).",
        f"See `{'told ' * 6}`.",
    ],
)
def test_code_tables_and_link_targets_are_free(text: str) -> None:
    assert messages(text) == []


def test_code_after_a_closed_fence_is_prose_again() -> None:
    (message,) = messages("```\ntold\n```\ntold")
    assert message.startswith("4: ")


def test_proselint_runs_and_gives_the_line() -> None:
    (message,) = messages("fine.\n\nIt lasts for ever.")
    assert re.match(r"3: proselint: .+", message)


def test_a_spanish_document_has_words_of_its_own_and_no_proselint() -> None:
    findings = check_spanish("pagina.md", "told for ever\n\nUna cosa.", RULES)
    assert [(finding.line, finding.message) for finding in findings] == [
        (3, "“cosa”: write objeto")
    ]


def test_the_catalogue_is_checked_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "quipu.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "told"\nmsgstr "told"\n\n'
        'msgid "{n} thing"\nmsgid_plural "{n} things"\nmsgstr[0] "{n} cosa"\nmsgstr[1] "{n} objetos"\n',
        encoding="utf-8",
    )
    findings = check_catalogue(path, RULES, tmp_path)
    assert [(finding.line, finding.message) for finding in findings] == [
        (4, "“told”: write sent"),
        (7, "“cosa”: write objeto"),
    ]


def test_docstrings_and_comments_are_checked_and_code_is_not() -> None:
    text = '"""Send.\n\nIt was\n    told.\n"""\n\ntold = "told"  # was told\n'
    findings = check_python("a.py", text, RULES)
    assert [finding.line for finding in findings] == [1, 7]


def test_the_rules_name_existing_english_documents() -> None:
    names = {
        path.relative_to(Path.cwd()).as_posix()
        for path in documents(load_rules().documents, Path.cwd())
    }
    assert {"README.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/adr/README.md"} <= names
    assert not any(name.startswith(("docs/es/", "docs/reference/")) for name in names)

"""Hold the practice library: guides of specialised offices, each with the form of its report.

A file is one guide in both languages: {type, crime, legal_basis, title, office, versions, sources,
sections, questions}. The newest version comes first. Its digest is that of the text, so that no
text changes under the number of a version.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Texts = Mapping[str, str]
"""A text by language: es, en."""


@dataclass(frozen=True, slots=True)
class GuideVersion:
    """A version of a guide. `digest`: SHA-256 of its text, in hexadecimal digits."""

    version: str
    day: date
    change: Texts
    digest: str


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A part of a guide: what to do, a sentence or two a line."""

    title: Texts
    lines: Sequence[Texts]


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question of the report form. `field`: of the event type; `must`: every report has it."""

    field: str
    must: bool
    text: Texts


@dataclass(frozen=True, slots=True)
class PracticeGuide:
    """A guide and the form of its report.

    `type`: the event type that the form makes; `crime`, `legal_basis`: codes that the form has.
    """

    name: str
    type: str
    crime: str
    legal_basis: str
    title: Texts
    office: Texts
    versions: Sequence[GuideVersion]
    sources: Sequence[Texts]
    sections: Sequence[GuideSection]
    questions: Sequence[ReportQuestion]

    @property
    def current(self) -> GuideVersion:
        """Return the version of this text."""
        return self.versions[0]

    def lacking(self, payload: Mapping[str, object]) -> list[ReportQuestion]:
        """List the questions that a report must answer and does not."""
        return [
            question
            for question in self.questions
            if question.must and payload.get(question.field) in (None, "", [])
        ]


def digest_of(guide: PracticeGuide) -> str:
    """Return the SHA-256 of a guide's text without its versions, in hexadecimal digits."""
    text = {name: part for name, part in asdict(guide).items() if name != "versions"}
    content = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


@cache
def guides() -> Mapping[str, PracticeGuide]:
    """Return the guides by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def guide_of_type(type_: str) -> PracticeGuide | None:
    """Return the guide on reports of an event type; None where there is none."""
    return next((guide for guide in guides().values() if guide.type == type_), None)


def _read(path: Path) -> PracticeGuide:
    content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    versions = [GuideVersion(**version) for version in content.pop("versions")]
    sections = [GuideSection(**section) for section in content.pop("sections")]
    questions = [
        ReportQuestion(question["field"], question["must"], _texts(question))
        for question in content.pop("questions")
    ]
    return PracticeGuide(
        path.stem, **content, versions=versions, sections=sections, questions=questions
    )


def _texts(question: Mapping[str, Any]) -> Texts:
    return {lang: question[lang] for lang in ("es", "en")}

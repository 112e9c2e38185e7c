"""The pages about persons are rendered in both languages, with what may be decided."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape

import pytest

from consumers.console.rendering import PageContext
from consumers.console.session import visitor
from consumers.presentation import person_words
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.finding_lists import person_findings_table
from consumers.query.explanations.explanation import ExplainedFeature, Explanation
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_question import PersonQuestion
from consumers.query.persons.person_views import (
    FoundMention,
    FoundPerson,
    LinkView,
    MentionView,
    Person,
    PersonAnswer,
    VerdictView,
)

AT = datetime(2026, 3, 1, tzinfo=UTC)
EVENT = "00000000-0000-8000-8000-00000000000"
REASON = ExplainedFeature("document", 9.0, {"es": "mismo documento", "en": "same document"}, "same")


def mention(number: int, name: str) -> MentionView:
    id_ = f"{EVENT}{number}"
    owner = ("person_notice", "PE", "PNP", AT, AT, "AMBER", ["H1"])
    return MentionView(f"{id_}.0", id_, "", *owner, name, "1984-03-14", ["PE 45678912"])


FIRST, SECOND = mention(1, "Juan Quispe"), mention(2, "<b>Kispe</b>")
VERDICT = VerdictView("rejected", "RELATIVE", "CO", "PONAL", "ana", AT)
LINK = LinkView(FIRST.id, SECOND.id, 0.97, [REASON], VERDICT)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_shows_names_reasons_and_verdicts_and_no_markup_of_records(lang: str) -> None:
    page = PageContext(visitor(None, {}, lang, "es"), "/persons", {}, None)
    person_of_answer = FoundPerson(FIRST.id, 0.97, [FoundMention(SECOND, 0.97, [REASON])])
    searched = page.render(
        "persons.html",
        asked=PersonQuestion("Quispe").fields,
        answer=PersonAnswer([person_of_answer], False),
        refused="",
        person_words=person_words,
    )
    person = page.render(
        "person.html",
        person=Person(FIRST.id, [FIRST], [], [LINK], [LINK], [SECOND], False),
        names={item.id: item for item in (FIRST, SECOND)},
        person_words=person_words,
        reasons_of_verdicts=[("RELATIVE", "Son parientes")],
        may_decide=True,
        decided=True,
    )
    sentence = {"es": "Perú y Bolivia", "en": "Peru and Bolivia"}
    why = Explanation(sentence, None, [], [REASON], {"es": "Casi", "en": "Almost"}, [sentence])
    finding = PersonFinding(
        *(EVENT, "rule", 1, "certain", "high", sentence, sentence, sentence),
        *(FIRST.id, "AMBER", AT, [FIRST], why),
    )
    findings = page.render(
        "person_findings.html",
        findings=[(finding, explanation_parts(finding, lang))],
        person_words=person_words,
        older="x",
        is_first=True,
        files=[("CSV", "/persons/findings?format=csv")],
    )
    (row,) = person_findings_table([finding], AT, lang).rows
    assert [row[2], row[6], row[10], row[12]] == [1, sentence[lang], FIRST.event, "AMBER"]
    assert why.decisions[0][lang] in unescape(bytes(findings.body).decode())
    for response in (searched, person, findings):
        text = bytes(response.body).decode()
        assert "<b>Kispe" not in text
        assert person_words.mention_line(FIRST, lang) in text or response is searched
    text = bytes(person.body).decode()
    assert text.count('action="/persons/verdicts"') == 2 and 'value="withdrawn"' in text
    assert person_words.VERDICTS["rejected"].in_language(lang) in text
    assert REASON.text[lang] in bytes(searched.body).decode()
    assert person_words.INCOMPLETE.in_language(lang) in text

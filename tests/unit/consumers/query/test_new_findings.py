"""The overview counts findings as the lists of each severity and country hold them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.overview.new_findings import SEVERITIES, NewFinding, count_new
from schemas.model import COUNTRIES
from streams.correlation.told_once import ComparedFinding, weaker_findings

COUNTRY_OF = {"1": "BO", "2": "CO", "3": "EC", "4": "PE"}
"""Of the owner of each record."""


def _finding(thing: str, grade: str, severity: str, events: frozenset[str]) -> NewFinding:
    compared = ComparedFinding(thing, grade, severity, True, events)
    return NewFinding(compared, frozenset(COUNTRY_OF[event] for event in events))


FINDINGS = st.lists(
    st.builds(
        _finding,
        st.sampled_from("ab"),
        st.sampled_from(("certain", "possible")),
        st.sampled_from(SEVERITIES),
        st.frozensets(st.sampled_from("1234"), min_size=1),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_each_number_is_the_length_of_the_list_with_its_filter(findings: list[NewFinding]) -> None:
    compared = [finding.compared for finding in findings]
    for row in count_new(findings):
        listed = [row.severity in ("", finding.severity) for finding in compared]
        assert row.findings == len(weaker_findings(compared, listed))
        for country in COUNTRIES:
            of_country = [
                is_listed and country in finding.countries
                for is_listed, finding in zip(listed, findings, strict=True)
            ]
            assert row.by_country.get(country, 0) == len(weaker_findings(compared, of_country))


def test_a_finding_that_a_graver_one_covers_counts_once_among_all() -> None:
    events = frozenset({"1", "2"})
    grave = NewFinding(ComparedFinding("a", "certain", "high", True, events), frozenset({"PE"}))
    weaker = NewFinding(ComparedFinding("a", "certain", "low", True, events), frozenset({"PE"}))
    rows = {row.severity: row.findings for row in count_new([grave, weaker])}
    assert rows == {"high": 1, "medium": 0, "low": 1, "": 1}

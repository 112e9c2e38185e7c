"""A finding is reported once: what a stronger one covers is named there, and no reader loses a record."""

from hypothesis import given
from hypothesis import strategies as st

from streams.correlation.told_once import ComparedFinding, covers, weaker_findings

findings = st.lists(
    st.builds(
        ComparedFinding,
        st.sampled_from("ab"),
        st.sampled_from(("certain", "possible")),
        st.sampled_from(("low", "medium", "high")),
        st.sampled_from((True, True, True, False)),
        st.frozensets(st.sampled_from("vwxyz"), max_size=4),
    ),
    max_size=7,
)


def records(given_findings: list[ComparedFinding]) -> set[tuple[str | bytes, str | bytes]]:
    return {(finding.thing, event) for finding in given_findings for event in finding.events}


@given(findings)
def test_no_record_and_no_hub_is_lost(given_findings: list[ComparedFinding]) -> None:
    remaining = [given_findings[place] for place in weaker_findings(given_findings)]
    assert records(remaining) == records(given_findings)
    assert [item for item in remaining if not item.is_live] == [
        item for item in given_findings if not item.is_live
    ]


@given(findings)
def test_each_finding_is_told_itself_or_named_by_one_that_is(
    given_findings: list[ComparedFinding],
) -> None:
    weaker = weaker_findings(given_findings)
    named = {other for others in weaker.values() for other in others}
    assert named.isdisjoint(weaker)
    assert named | set(weaker) == set(range(len(given_findings)))
    for place, others in weaker.items():
        assert all(covers(given_findings[place], given_findings[other]) for other in others)


@given(findings, st.data())
def test_a_list_hides_only_what_a_finding_of_the_same_list_covers(
    given_findings: list[ComparedFinding], data: st.DataObject
) -> None:
    listed = [data.draw(st.booleans()) for _ in given_findings]
    weaker = weaker_findings(given_findings, listed)
    held = [finding for finding, is_held in zip(given_findings, listed, strict=True) if is_held]
    assert records([given_findings[place] for place in weaker]) == records(held)
    assert all(listed[place] for place in weaker)
    for place, others in weaker.items():
        covered = [covers(given_findings[place], finding) for finding in given_findings]
        assert others == [other for other, is_covered in enumerate(covered) if is_covered]


@given(findings)
def test_the_order_of_findings_decides_nothing(given_findings: list[ComparedFinding]) -> None:
    turned = given_findings[::-1]
    assert sorted(
        repr(given_findings[place]) for place in weaker_findings(given_findings)
    ) == sorted(repr(turned[place]) for place in weaker_findings(turned))


@given(findings)
def test_telling_once_twice_changes_nothing(given_findings: list[ComparedFinding]) -> None:
    remaining = [given_findings[place] for place in weaker_findings(given_findings)]
    assert list(weaker_findings(remaining)) == list(range(len(remaining)))


@given(findings)
def test_a_weaker_finding_is_back_once_the_stronger_ones_end(
    given_findings: list[ComparedFinding],
) -> None:
    for place in range(len(given_findings)):
        finding = given_findings[place]
        left = [other for other in given_findings if not covers(other, finding)]
        assert left.index(finding) in weaker_findings(left)


def test_a_weapon_in_two_countries_that_was_lost_and_seized_is_one_finding() -> None:
    both = ComparedFinding("w", "certain", "medium", True, {"lost", "seized"})
    lost_and_seized = both._replace(severity="high")
    assert weaker_findings([both, lost_and_seized]) == {1: [0]}
    third = both._replace(events={"lost", "seized", "destroyed"})
    assert weaker_findings([third, lost_and_seized]) == {0: [], 1: []}
    assert weaker_findings([both, lost_and_seized._replace(grade="possible")]) == {0: [], 1: []}
    assert weaker_findings([both, lost_and_seized._replace(is_live=False)]) == {0: [], 1: []}

"""The findings of a flow: as many as the figure counts, for each pair of places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.figures.flows import PLACE_LEVELS, PlaceLevel, leads_somewhere
from consumers.query.filters import FlowPlaces
from consumers.query.indicators import to_indicator_view
from streams.correlation.assess import indicators_for
from streams.rules import read_rule_book
from tests.support.finding_oracle import plain_flows
from tests.support.members import Member, adds, evidence
from tests.support.weapon_findings import READER

BOOK = read_rule_book()
ROLES = {id_: rule.pair for id_, rule in BOOK.by_id.items() if leads_somewhere(rule)}


def weapons() -> st.SearchStrategy[list[Member]]:
    """Records of one weapon in several countries."""
    states = st.tuples(
        st.sampled_from(["BO", "CO", "EC", "PE"]),
        st.sampled_from(["STOLEN", "LOST", "SEIZED", "REGISTERED"]),
        st.sampled_from(["certain", "possible"]),
    )
    return st.lists(states, min_size=2, max_size=6).map(
        lambda chosen: [
            Member(number, "weapon", country, "weapon_record", {"status": status}, 0, certainty)
            for number, (country, status, certainty) in enumerate(chosen)
        ]
    )


@given(members=weapons(), level=st.sampled_from(PLACE_LEVELS))
def test_a_flow_lists_as_many_findings_as_it_counts(
    members: list[Member], level: PlaceLevel
) -> None:
    every = indicators_for(evidence(adds(members), BOOK), READER, None, BOOK)
    indicators = [indicator for indicator in every if indicator.rule in ROLES]
    views = [to_indicator_view(indicator) for indicator in indicators]
    for row in plain_flows(indicators, BOOK, level):
        places = FlowPlaces(ROLES, level, row.origin, row.destination)
        matching = [view for view in views if view.rule == row.rule and places.matches(view)]
        assert len(matching) == row.findings
        assert sum(view.grade == "certain" for view in matching) == row.certain

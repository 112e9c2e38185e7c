"""Indicators of a weapon that was stolen in Colombia and seized in Peru, as the query layer shows
them to the mechanism.
"""

from consumers.query.indicators import IndicatorView, to_indicator_view
from schemas.release.reader_text import parse_reader
from streams.correlation.assess import indicators_for
from streams.rules import read_rule_book
from tests.support.members import Member, adds, evidence

READER = parse_reader("MEC/analyst/RED")


def stolen_and_seized() -> list[IndicatorView]:
    """List both findings: of a stolen weapon, and of one that two countries know."""
    book = read_rule_book()
    stolen, seized = (
        Member(number, "weapon", country, "weapon_record", {"status": status, "calibre": "9X19"})
        for number, country, status in ((1, "CO", "STOLEN"), (2, "PE", "SEIZED"))
    )
    rows = evidence(adds([stolen, seized]), book)
    return [to_indicator_view(item) for item in indicators_for(rows, READER, None, book)]

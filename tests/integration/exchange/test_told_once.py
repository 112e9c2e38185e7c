"""A weapon that was stolen in one country and seized in another is told once, by the strongest rule,
on every surface; the weaker finding is named, and comes back when the stronger one ends.
"""

import json

import pytest

from consumers.query.filters import IndicatorFilter
from consumers.query.indicators import IndicatorView
from tests.support.node import row
from tests.support.pipeline_harness import MECHANISM, Pipeline, codes

pytestmark = pytest.mark.integration

CO, EC, SERIAL = "co-ponal", "ec-policia", "TLD550011"
STRONGER, WEAKER = "stolen-weapon-seized-abroad", "weapon-in-two-countries"
AS = ("--as", "MEC/analyst/RED")


def listed(pipeline: Pipeline, thing: str, once: bool) -> list[IndicatorView]:
    """List the indicators of a thing as the list of all shows them."""
    with pipeline.queries() as queries:
        indicators = queries.indicators.newest(MECHANISM, IndicatorFilter(once=once), limit=100_000)
    return [indicator for indicator in indicators if indicator.thing == thing]


def test_the_weaker_finding_is_named_at_the_stronger_and_comes_back(pipeline: Pipeline) -> None:
    pipeline.publish(CO, row(970, SERIAL, "stolen"))
    pipeline.publish(EC, row(970, SERIAL, "seized"))
    pipeline.eventually(lambda: len(pipeline.indicators(SERIAL)) == 2, "both rules hold")
    thing = pipeline.indicators(SERIAL)[0].thing
    assert {indicator.rule for indicator in listed(pipeline, thing, False)} == {STRONGER, WEAKER}
    (indicator,) = listed(pipeline, thing, True)
    assert (indicator.rule, [weaker.rule for weaker in indicator.also]) == (STRONGER, [WEAKER])

    with pipeline.queries() as queries:
        assert queries.indicators.indicator(indicator.id, MECHANISM) == indicator
        weaker = queries.indicators.indicator(indicator.also[0].id, MECHANISM)
        assert weaker is not None
        assert (weaker.rule, weaker.also) == (WEAKER, [])
        answers = queries.indicators.newest(
            MECHANISM, IndicatorFilter(WEAKER, once=True), limit=100_000
        )
        assert thing in {view.thing for view in answers}, "who asks for the rule is answered"
        stronger = queries.indicators.newest(
            MECHANISM, IndicatorFilter(STRONGER, once=True), limit=100_000
        )
        assert indicator in stronger, "a list of one rule names the others"

    shown = pipeline.quipu("show", indicator.id, *AS)
    assert "Also: The same weapon in two countries" in shown.stdout, shown.stderr
    for flags, rules in (((), {STRONGER}), (("--every",), {STRONGER, WEAKER})):
        answer = pipeline.quipu("indicators", "--json", "--limit", "1000", *flags, *AS)
        views = json.loads(answer.stdout)
        assert {view["rule"] for view in views if view["thing"] == thing} == rules

    assert codes(pipeline.correct(EC, row(970, SERIAL, "destroyed"))) == []
    pipeline.eventually(
        lambda: [view.rule for view in listed(pipeline, thing, True)] == [WEAKER],
        "the weaker finding is told again",
    )

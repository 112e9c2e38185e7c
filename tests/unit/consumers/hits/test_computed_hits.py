"""What a release sent stays known to the next one."""

from __future__ import annotations

import pytest

from consumers.hits.computed_hits import HitForm
from consumers.hits.decide import Owner
from consumers.hits.hit_forms import BURSTS, PERSONS, RULES
from schemas.model import IndicatorId

OWNER, INDICATOR = Owner("PE", "PNP", None), IndicatorId(bytes(range(16)))


@pytest.mark.parametrize(
    ("form", "state", "digest"),
    [
        (BURSTS, "possible", "3643b8cf14f33df642e4a1a63d870152"),
        (PERSONS, "ended", "4c8a1fa3a2bab14cf471e182d5b71ebf"),
        (RULES, "certain", "35979936be27af1b949bd6c100d37dfa"),
    ],
)
def test_a_digest_in_the_store_keeps_its_meaning(form: HitForm, state: str, digest: str) -> None:
    assert form.digest(OWNER, INDICATOR, state).hex() == digest

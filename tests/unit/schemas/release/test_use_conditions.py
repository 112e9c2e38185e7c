"""schemas.release.use_conditions: conditions of use keep a record until they are accepted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import code_sets
from schemas.model import Label, Reader, ReaderCondition
from schemas.release.rules import condition_of, release
from schemas.release.use_conditions import BINDING, binds_authority, bound_envelope

CODES = st.lists(st.sampled_from(sorted(code_sets()["use_condition"])), max_size=4)
TEXTS = st.sampled_from([None, "", "Avise a la UAFE antes de usarla"])
PAYLOADS = st.fixed_dictionaries({"conditions": CODES, "condition_text": TEXTS})
ENVELOPES = st.fixed_dictionaries(
    {
        "handling": st.lists(st.sampled_from(["H0", "H1", "H2", "H3"]), unique=True),
        "condition": st.sampled_from([None, "Llame primero"]),
    }
)
COLOMBIA = Reader("ana", "CO", "FGN", clearance="AMBER+STRICT", purpose="investigation")


def label_of(envelope: dict[str, Any]) -> Label:
    handling, condition = tuple(envelope["handling"]), envelope["condition"]
    return Label("EC", "UAFE", ("CO/FGN",), "AMBER", handling, condition, "investigation", None)


@given(PAYLOADS, ENVELOPES)
def test_whatever_has_conditions_is_released_to_nobody_else_before_they_are_accepted(
    payload: dict[str, Any], envelope: dict[str, Any]
) -> None:
    bound = bound_envelope(envelope, payload)
    if not payload["conditions"] and not payload["condition_text"]:
        assert bound == envelope
        return
    label = label_of(bound)
    condition = condition_of(label)
    assert condition is not None
    assert binds_authority(condition)
    assert release(label, COLOMBIA).reason == "H3_CONDITION"
    other = ReaderCondition("EC", f"{BINDING}THIS_CASE_ONLY; another")
    assert not release(label, replace(COLOMBIA, accepted_conditions=frozenset({other}))).released
    accepted = release(label, replace(COLOMBIA, accepted_conditions=frozenset({condition})))
    assert accepted.released
    assert f"H3: {condition.text}" in accepted.markings
    assert release(label, replace(COLOMBIA, country="EC", authority="UAFE")).released


@given(PAYLOADS, ENVELOPES)
def test_what_is_bound_once_stays_as_it_is(
    payload: dict[str, Any], envelope: dict[str, Any]
) -> None:
    once = bound_envelope(envelope, payload)
    assert bound_envelope(once, payload) == once
    shuffled = {**payload, "conditions": [*reversed(payload["conditions"])]}
    assert bound_envelope(envelope, shuffled) == once


@given(PAYLOADS, ENVELOPES)
def test_no_court_and_no_passing_on_are_handling_codes_too(
    payload: dict[str, Any], envelope: dict[str, Any]
) -> None:
    handling = set(bound_envelope(envelope, payload)["handling"])
    for code, marking in (("NO_COURT", "H1"), ("NO_ONWARD", "H2")):
        if code in payload["conditions"]:
            assert marking in handling
    assert handling >= set(envelope["handling"])

"""The page of what is left out: the largest of each reason first, the others folded away."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from consumers.presentation import noise_words
from consumers.query.noise.noise_views import LeftOut, Noise, NoiseReason
from consumers.query.noise.noise_words import sentence_of
from tests.unit.consumers.console.test_request_pages import rendered

AT = datetime(2026, 3, 1, tzinfo=UTC)


def left_out(number: int, reason: NoiseReason) -> LeftOut:
    sentence = sentence_of(reason, 90 - number, AT, 20)
    group = {"es": f"valor {number}", "en": f"value {number}"}
    return LeftOut(reason, "thing-in-two-countries", group, 90 - number, 20, AT, sentence)


@pytest.mark.parametrize(("lang", "summary"), [("es", "Otros 3, con"), ("en", "3 others, with")])
def test_the_smaller_ones_are_folded_and_none_is_missing(lang: str, summary: str) -> None:
    items = [left_out(number, NoiseReason.HUB) for number in range(13)]
    items += [left_out(number, NoiseReason.SIZE) for number in range(2)]
    html = rendered(
        "noise.html", lang, noise=Noise(items, [], is_complete=True), noise_words=noise_words
    )
    (folded,) = re.findall('<details class="folded">.*?</details>', html, re.DOTALL)
    assert summary in folded
    values = re.findall(r"val(?:or|ue) \d+(?! [\w])", html)
    assert len(values) == 15, values
    assert re.findall(r"(?:valor|value) (\d+)", folded) == ["10", "11", "12"]

"""What the one who asks can correct is no trouble of the server."""

from __future__ import annotations

import re
from pathlib import Path

from consumers.presentation.error_status import STATUS_OF_CODE, UNAVAILABLE, headers_of, status_of
from infra.errors import QuipuError
from schemas.i18n import _

ROOT = Path(__file__).parents[4]
ASKED = ("query", "presentation", "exports", "serving")
"""Packages that answer a question over HTTP, too."""
CODE = re.compile(r'^    code = "([A-Z_]+)"$|^ {8,}"([A-Z_]{4,})",$', re.M)
OF_THE_SERVER = {"NO_SECRET", "BUSY", "TOO_LONG", "CANCELLED"}
"""Codes of what nobody who asks can correct: they ask again later."""


def codes() -> set[str]:
    """The codes of errors that these packages raise."""
    files = [file for package in ASKED for file in (ROOT / "consumers" / package).rglob("*.py")]
    return {name for file in files for pair in CODE.findall(file.read_text()) for name in pair} - {
        ""
    }


def test_every_code_of_a_question_has_its_status() -> None:
    raised = codes()
    assert {"NAME", "WORKBOOK", "HIT_OWNER", "AS_OF"} <= raised, "the search finds what it should"
    assert raised - set(STATUS_OF_CODE) - OF_THE_SERVER == set()
    assert not OF_THE_SERVER & set(STATUS_OF_CODE)


def test_a_wrong_file_is_not_asked_for_again() -> None:
    error = QuipuError(_("This is too long."), _("Choose a later one."), "FILE")
    assert status_of(error) == 422
    assert headers_of(status_of(error)) == {}
    assert "Retry-After" in headers_of(UNAVAILABLE)

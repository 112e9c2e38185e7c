"""producers.cli.course_steps: a form is refused before it is sealed, with what it lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from producers.cli.course_steps import read_draft, require_complete
from producers.errors import NodeError
from schemas.event.event_type import event_type

EXAMPLE = Path(__file__).parents[4] / "docs" / "example" / "solicitud.json"


def test_the_form_of_the_guide_is_complete_and_its_schema_takes_it() -> None:
    draft = read_draft(EXAMPLE)
    require_complete(draft)
    assert event_type("assistance_request").validate(draft["payload"]) == []  # type: ignore[arg-type]


def test_what_lacks_is_named_by_its_letter_and_a_draft_may_lack_it(tmp_path: Path) -> None:
    content = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    del content["payload"]["facts"]
    file = tmp_path / "form.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(NodeError, match=r"18\(15\)\(c\) facts"):
        require_complete(read_draft(file))
    content["payload"]["state"] = "DRAFT"
    file.write_text(json.dumps(content), encoding="utf-8")
    require_complete(read_draft(file))


@pytest.mark.parametrize("text", ["", "[]", '{"payload": {}}', '{"type": 7}', "\ufeff{"])
def test_what_is_no_form_is_refused_in_words(text: str, tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NodeError):
        read_draft(file)

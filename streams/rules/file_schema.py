"""Give the JSON Schema of a rule's file, whatever it looks for."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from streams.rules.burst_rule import BurstRuleModel
from streams.rules.detectors.file_model import DetectorFile
from streams.rules.file_model import RuleModel
from streams.rules.identity_rule import IdentityRuleModel

RULE_FILES: TypeAdapter[RuleModel | BurstRuleModel | IdentityRuleModel | DetectorFile] = (
    TypeAdapter(RuleModel | BurstRuleModel | IdentityRuleModel | DetectorFile)
)


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of rule files, for editors and other programs."""
    schema = RULE_FILES.json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

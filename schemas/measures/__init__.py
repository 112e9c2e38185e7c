"""What of a payload can be counted and added: measures in base units, dimensions as codes."""

from schemas.measures.fact_line import RECORD_ONLY, FactLine

__all__ = ["RECORD_ONLY", "FactLine"]

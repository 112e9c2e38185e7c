"""Texts of mappings for tests: the head that all have, and the fields of one."""

from __future__ import annotations


def mapping_text(
    type_: str,
    fields: str,
    legal_basis: str = "UNTOC-18.4",
    crime: str = "0101",
    recipients: tuple[str, ...] = (),
) -> str:
    """Write a mapping of a CSV file with the column REF. `fields`: lines of its table."""
    codes = ", ".join(f'"{code}"' for code in recipients)
    receive = f"recipients = [{codes}]\n" if recipients else ""
    return f"""
type = "{type_}"
[source]
format = "csv"
separator = ","
[reference]
columns = ["REF"]
[envelope]
tlp = "AMBER"
purpose = "investigation"
legal_basis = "{legal_basis}"
crime = "{crime}"
evaluation = {{ scheme = "4x4", source = "A", information = "1" }}
{receive}[fields]
{fields}"""


def occurred_on(column: str, zone: str = "America/Bogota") -> str:
    """Write the line that reads when something occurred, a day like 31/12/2018."""
    step = f'date = ["%d/%m/%Y"], zone = "{zone}"'
    return f'"envelope.occurred" = {{ column = "{column}", steps = [{{ {step} }}] }}\n'

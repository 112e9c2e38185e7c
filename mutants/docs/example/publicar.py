"""A record of one's own system into the exchange, and what came of it: python
docs/example/publicar.py
"""

import os

from infra.settings import load
from producers.node import Act, CountryNode

ENVELOPE = {
    "tlp": "AMBER",
    "purpose": "investigation",
    "legal_basis": "CAN-552",
    "crime": "09012",
    "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
    "occurred_from": "2018-04-25T09:30:00-05:00",
    "occurred_precision": "minute",
    "subdivision": "CO-NAR",
}
WEAPON = {
    "kind": "firearm",
    "type": "PISTOL",
    "make": "Glock",
    "calibre": "9 mm",
    "serial": "KRD 774",
}
record = {
    "reference": "P-100",
    "payload": {"status": "LOST", "weapon": WEAPON},
    "envelope": ENVELOPE,
}

with CountryNode(load(os.environ), "co-ejemplo") as node:
    [answer] = node.publish_events("weapon_record", [record], wait=30)
    # sealed, duplicate, or refused and why
    print(answer.outcome, [reason.code for reason in answer.reasons])
    [receipt] = node.receipts_of(reference="P-100", type="weapon_record")
    # accepted, duplicate, pending, rejected, or unanswered yet
    print(receipt.verdict, receipt.code)

    correction = {
        **record,
        "payload": {"status": "SEIZED", "weapon": WEAPON},
        "correction_reason": "NEW_FINDING",
    }
    [corrected] = node.publish_events("weapon_record", [correction], wait=30)
    node.retract(Act("retraction", corrected.id, "SUPERSEDED"), wait=30)
    for receipt in node.receipts_of(reference="P-100"):
        print(receipt.type, receipt.verdict)
    for hit in node.hits().hits:
        print(hit.status, hit.sentence.get("en", "—"), [other.contact for other in hit.others])

"""GET /v1/receipts: what the mechanism answered to the node's events."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel

from producers.api.node_host import NodeHost
from producers.api.request_body import AtMost, Since, Wait
from producers.api.responses import NOT_FOUND, UNKNOWN_TARGET
from producers.node import CountryNode
from producers.outbox.receipts import MAX_PAGE, VERDICTS, Receipt, ReceiptPage
from schemas.model import EventId


class ReceiptFilter(BaseModel):
    """Which receipts a request asks for."""

    since: Since = 0
    limit: AtMost = MAX_PAGE
    verdict: Annotated[str, Query(description=f"only these: {', '.join(VERDICTS)}")] = ""
    reference: Annotated[
        str, Query(description="instead: every version of the item with this source reference")
    ] = ""
    type: Annotated[
        str, Query(description="with `reference`: the type of event; left out: any")
    ] = ""
    id: Annotated[UUID | None, Query(description="instead: every version of this event")] = None

    def read(self, node: CountryNode) -> tuple[bool, ReceiptPage]:
        """Read the page. Returns whether there is something in it to answer with, and the page."""
        if self.id is None and not self.reference:
            page = node.receipts(self.since, self.limit, self.verdict)
            return bool(page.receipts), page
        id_ = EventId(self.id.bytes) if self.id else None
        versions = node.receipts_of(id_, self.reference, self.type or None)
        is_answered = bool(versions) and versions[-1].verdict != "unanswered"
        return is_answered, ReceiptPage(versions, self.since, False)


def add_routes(app: FastAPI, host: NodeHost) -> None:
    """Add the paths that answer with receipts."""

    @app.get("/v1/receipts", tags=["receipts"])
    async def receipts(
        asked_for: Annotated[ReceiptFilter, Depends()], wait: Wait = 0
    ) -> ReceiptPage:
        """Read receipts in the order in which they became known here, or those of one item."""
        return await host.poll_until(asked_for.read, wait)

    @app.get("/v1/events/{id}/receipt", tags=["receipts"], responses=NOT_FOUND)
    async def receipt(id: UUID) -> Receipt:
        """Read the receipt of the event's newest version."""
        versions = await host.run(lambda node: node.receipts_of(EventId(id.bytes)))
        if not versions:
            raise UNKNOWN_TARGET
        return versions[-1]

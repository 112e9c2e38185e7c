"""GET /v1/hits: indicators that records of the node's authority take part in."""

from fastapi import FastAPI

from producers.api.node_host import NodeHost
from producers.api.request_body import AtMost, Since, Wait
from producers.node import CountryNode
from producers.outbox.hits import HitPage
from producers.outbox.receipts import MAX_PAGE


def add_routes(app: FastAPI, host: NodeHost) -> None:
    """Add the path that answers with hits."""

    @app.get("/v1/hits", tags=["hits"])
    async def hits(since: Since = 0, limit: AtMost = MAX_PAGE, wait: Wait = 0) -> HitPage:
        """Read indicators that records of this node's authority take part in.

        A hit says who else has records in the indicator, and whom to call.
        """

        def read(node: CountryNode) -> tuple[bool, HitPage]:
            page = node.hits(since, limit)
            return bool(page.hits), page

        return await host.poll_until(read, wait)

"""GET /health: whether the node's events get through."""

from datetime import UTC, datetime

from fastapi import FastAPI, Request

from producers.api.node_host import NodeHost
from producers.api.request_body import language_of
from producers.api.responses import IntakeHealth, IntakeLevel, error_body
from schemas.i18n import in_language


def add_routes(app: FastAPI, host: NodeHost) -> None:
    """Add the path that answers with the node's health."""

    @app.get("/health", tags=["operation"])
    async def health(request: Request) -> IntakeHealth | IntakeLevel:
        """Tell whether events get through. Without the token it gives `status` alone."""
        if not request.state.has_token:
            return _level(host)
        unsent, unanswered, erasures = await host.run(
            lambda node: (
                node.outbox.count_unsent(),
                node.outbox.count_unanswered(),
                node.erasures_left(),
            )
        )
        unavailable, status = host.node.delivery.unavailable(), host.status
        problem, contact = status.problem, status.last_contact
        trouble = (
            error_body(problem.code, problem.message, problem.remedy, language_of(request))
            if problem
            else None
        )
        return IntakeHealth(
            node=host.node.name,
            status="trouble" if trouble else "away" if unavailable else "ok",
            unsent=unsent,
            unanswered=unanswered,
            erasures_left=erasures,
            last_heard=datetime.fromtimestamp(contact / 1000, UTC) if contact else None,
            away=str(in_language(unavailable, language_of(request))),
            trouble=trouble,
        )


def _level(host: NodeHost) -> IntakeLevel:
    if host.status.problem:
        return IntakeLevel(status="trouble")
    return IntakeLevel(status="away" if host.node.delivery.unavailable() else "ok")

"""Answer over HTTP how an account wants to be notified, and let it acknowledge hits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from consumers.api.request_reader import NOT_FOUND_RESPONSE, RequestReader, http_not_found
from consumers.identity.identity import IdentityService
from consumers.notices.settings import NoticeSettings, NoticeWay
from consumers.notices.settings_store import NoticeSettingsStore
from consumers.serving.query_pool import QueryPool

CHANNEL = "api"


class NoticeChoice(BaseModel):
    """How an account wants to be notified of hits of its authority. Hours are local."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    way: Literal["never", "at_once", "digest"] = "never"
    mail: str = Field("", max_length=254, description="one address; empty: no mail")
    uses_webhook: bool = Field(False, description="to the exchange's own webhook, too")
    least: Literal["low", "medium", "high"] = Field("low", description="lowest severity")
    quiet_from: int = Field(0, ge=0, le=23, description="nothing is sent from this hour on")
    quiet_until: int = Field(0, ge=0, le=23, description="until this hour; equal: never quiet")
    digest_hour: int = Field(7, ge=0, le=23, description="when the digest is sent")
    lang: Literal["es", "en"] = "es"

    def settings(self, person: str) -> NoticeSettings:
        """Return the choice as settings of a person."""
        return NoticeSettings(person, **{**self.model_dump(), "way": NoticeWay(self.way)})


def router(pool: QueryPool, identity: Callable[[], IdentityService]) -> APIRouter:
    """Return the routes of notices. `identity` returns the accounts."""
    routes = APIRouter(tags=["intelligence"])

    @routes.get("/v1/notices")
    def notices(reader: RequestReader) -> NoticeChoice:
        """How the account is notified of hits of its authority, by mail and webhook."""
        settings = NoticeSettingsStore(identity().store).of(reader.person)
        return NoticeChoice.model_validate(settings)

    @routes.put("/v1/notices")
    def choose(reader: RequestReader, choice: NoticeChoice) -> NoticeChoice:
        """Choose how the account is notified. A notice says only what its channel may carry."""
        settings = NoticeSettingsStore(identity().store).put(choice.settings(reader.person))
        return NoticeChoice.model_validate(settings)

    @routes.post(
        "/v1/hits/{id}/acknowledgement",
        status_code=204,
        responses=NOT_FOUND_RESPONSE,
        response_class=Response,
    )
    def acknowledge(id: UUID, reader: RequestReader) -> Response:
        """Say that the account's authority knows of a hit: then it goes to no alternate contact.

        It is in the log when this answers, and shown as soon as the store has read it there.
        """
        if not pool.acknowledge(reader, str(id), CHANNEL):
            raise http_not_found("hit")
        return Response(status_code=204)

    return routes

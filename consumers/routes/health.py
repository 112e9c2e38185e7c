"""Whether the API serves."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from consumers.pool import Pool, Serving


class Health(BaseModel):
    """That the API answers and reaches its store."""

    status: Literal["ok"] = "ok"
    generation: int = Field(description="which generation of the tables serves")


def router(pool: Pool, serving: Serving) -> APIRouter:
    """`GET /health`."""
    routes = APIRouter(tags=["operation"])

    @routes.get("/health")
    def health() -> Health:
        """Whether the API serves: it asks the store."""
        with pool.queries() as queries:
            queries.ping()
        return Health(generation=serving())

    return routes

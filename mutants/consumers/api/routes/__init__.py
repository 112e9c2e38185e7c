"""The HTTP API's routes, a file a subject: each has `router(pool, ...) -> APIRouter`, and
`consumers.api.app` puts them together.
"""

"""Define the routes of the HTTP API, a file for each subject.

Each has `router(pool, ...) -> APIRouter`; `consumers.api.app` puts them together.
"""

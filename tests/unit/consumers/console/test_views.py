"""The lists by which the browser tries every view fit the application's routes."""

from tests.browser.views import NO_VIEWS, faulty_lists, view_paths


def test_every_view_with_an_item_says_where_its_item_stands() -> None:
    assert faulty_lists() == []


def test_a_view_is_listed_by_itself() -> None:
    paths = view_paths()
    assert {"/overview", "/sign-in", "/cases/{id}", "/hit-lookup", "/notices"} <= set(paths)
    assert not set(paths) & NO_VIEWS.keys()

"""House rules that no general linter knows; `make check` runs each of them."""

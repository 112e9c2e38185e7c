"""Back the exchange up while it runs, and restore it elsewhere (ADR 0102)."""

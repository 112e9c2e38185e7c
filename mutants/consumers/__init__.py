"""Store what was derived, answer questions, and prove the exchange."""

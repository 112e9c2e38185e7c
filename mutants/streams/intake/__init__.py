"""Turn bundles into verdicts and observations (pure)."""

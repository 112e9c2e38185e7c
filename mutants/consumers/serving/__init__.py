"""Give one answer its query layer, and write its ledger entry at the end."""

"""Map a national row to a payload and an envelope, as a TOML file declares it."""

"""Joint investigations: their register of exhibits, for a reader."""

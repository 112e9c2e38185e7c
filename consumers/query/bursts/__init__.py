"""Find bursts: more records at a place than its own past and calendar explain."""

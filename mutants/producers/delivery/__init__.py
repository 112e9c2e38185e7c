"""Send the outbox to Kafka, and read receipts and hits."""

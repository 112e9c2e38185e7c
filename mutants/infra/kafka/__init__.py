"""Apache Kafka: the embedded broker and the topics, embedded or not."""

"""List the engine's settings that no client may change.

A text or address among the settings can name a file to read (`format_template_row`), one to write
(`output_format_schema`) or a server to ask, and formats follow it without a grant. The other four
decide how a statement is read. `tests/attacks/test_clickhouse_access.py` compares the list with the
engine's own, so a newer engine with more of them fails there.
"""

OPEN_TEXT_SETTINGS = frozenset({"database", "insert_deduplication_token", "log_comment"})
"""The text settings that a client may change: labels, and the that it may use."""

_NAMES = """
    additional_result_filter ai_function_embedding_default_credentials
    ai_function_text_default_credentials allow_introspection_functions bool_false_representation
    bool_true_representation chdb_client_name cluster_for_parallel_replicas
    column_names_for_schema_inference compatibility compression count_distinct_implementation
    default_format default_view_definer dialect distributed_cache_client_id
    distributed_cache_file_cache_name distributed_plan_force_exchange_kind errors_output_format
    exclude_materialize_skip_indexes_on_insert filesystem_cache_name filter
    force_data_skipping_indices force_optimize_projection_name format
    format_avro_schema_registry_url format_csv_null_representation format_custom_field_delimiter
    format_custom_result_after_delimiter format_custom_result_before_delimiter
    format_custom_row_after_delimiter format_custom_row_before_delimiter
    format_custom_row_between_delimiter format_json_object_each_row_column_for_object_name
    format_regexp format_schema format_schema_message_name format_schema_source
    format_template_resultset format_template_resultset_format format_template_row
    format_template_row_format format_template_rows_between_delimiter
    format_tsv_null_representation framing_output_format function_implementation
    iceberg_metadata_compression_method ignore_data_skipping_indices implicit_select
    implicit_table_at_top_level input_format input_format_mysql_dump_table_name
    input_format_orc_reader_time_zone_name input_format_record_errors_file_path
    input_format_values_interpret_expressions local_filesystem_read_method
    metrics_perf_events_list network_compression_method order output_format
    output_format_avro_codec output_format_avro_confluent_subject
    output_format_avro_string_column_pattern output_format_image_terminal_mode
    output_format_orc_writer_time_zone_name output_format_pretty_grid_charset
    output_format_schema output_format_sql_insert_table_name parallel_replicas_custom_key
    polyglot_dialect preferred_optimize_projection_name promql_database promql_table
    query_cache_tag remote_filesystem_read_method rename_files_after_processing s3_base
    s3_upload_checksum_algorithm s3queue_default_zookeeper_path schema_inference_hints select
    send_logs_source_regexp sort stream_like_engine_insert_queue temporary_files_codec
    trace_profile_events_list url_base workload
"""
LOCKED_SETTINGS = tuple(_NAMES.split())

DELETE FROM source_references WHERE item = ?

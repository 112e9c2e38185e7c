SELECT item, sealed FROM source_references WHERE item IN ({list})

"""Write what the mechanism decides into quipu.config: founding, nodes, keys, contacts."""

SELECT id, since FROM erasures WHERE id IN ({list})

SELECT * FROM reconcile ORDER BY cord

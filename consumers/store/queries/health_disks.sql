-- How much room is on the engine's disks, in bytes?
SELECT free_space, total_space FROM system.disks WHERE total_space > 0

-- What does the node count of each of its cords?
SELECT cord, taken, refused, sealed, accepted, duplicate, pending, rejected, sealed_sum, accepted_sum FROM reconcile

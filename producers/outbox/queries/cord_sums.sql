SELECT sealed_sum, accepted_sum FROM cords WHERE cord = ?

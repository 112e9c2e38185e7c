SELECT cord FROM cords

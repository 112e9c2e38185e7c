SELECT likeness, item FROM likenesses WHERE likeness IN ({list})

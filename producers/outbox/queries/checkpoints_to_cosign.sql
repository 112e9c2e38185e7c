SELECT note FROM checkpoints WHERE state = 'seen' ORDER BY origin

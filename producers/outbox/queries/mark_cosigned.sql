UPDATE checkpoints SET state = 'cosigned' WHERE origin = ? AND note = ?

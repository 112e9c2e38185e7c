SELECT live, hit, counterparts FROM hits WHERE indicator = ? AND exercise = ?

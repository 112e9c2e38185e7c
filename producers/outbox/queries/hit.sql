SELECT live, hit FROM hits WHERE indicator = ? AND exercise = ?

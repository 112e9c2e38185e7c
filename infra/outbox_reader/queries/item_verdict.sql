-- What verdict and code did the node read of this item? The verdict is empty where it read no receipt yet.
SELECT ifnull(verdict, ''), code FROM items WHERE cord = ? AND sequence = ? AND item = ?

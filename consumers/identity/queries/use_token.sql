UPDATE tokens SET used_at = ? WHERE id = ?

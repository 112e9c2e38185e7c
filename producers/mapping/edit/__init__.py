"""Make a mapping by questions and answers, for officers who do not write TOML."""

"""Say who asks: accounts, passwords, sessions, tokens, and what a request may narrow."""

"""Reading a notice: from its text to what it asks, by a small grammar of Chinese dates and clauses. Pure."""

"""What may happen: lifecycles as data, guards as pure functions. No database, clock or mail."""

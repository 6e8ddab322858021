"""Webhooks: other systems are told of every change of state in a region, in order, at least once, signed."""

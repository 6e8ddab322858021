"""Accounts: how a person proves who it is, to a page or to the API. No secret is kept as it is."""

"""The auditor's desk: what changed, how anything stood at any moment, and proof that nothing was altered."""

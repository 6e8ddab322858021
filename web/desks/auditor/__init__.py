"""The pages of the auditor: what was when, who changed it, is it sound."""

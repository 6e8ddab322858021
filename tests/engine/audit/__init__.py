"""Tests of the auditor's desk."""

"""Revisions under review: checklist, verdicts, threads, decisions. Imports projects; never the reverse."""

"""What `scripts/bench.py` measures, a subject a module; `plain` is the reference: Django's admin over the same rows."""

"""The reference of each run: Django's admin, as it comes, over a list of the same rows."""

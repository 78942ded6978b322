"""What was written elsewhere, read into a Design: each importer takes a text and says what it did not take.

`sql` reads the definitions of a PostgreSQL, MySQL or SQLite database, with one `sql_…` module for each kind of
statement; `design_file` and `design_archive` read a design exported from here. `planning_folder` reads the documents
that a design is made from. All are pure: the caller saves what they return.
"""

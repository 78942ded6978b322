"""The design of one feature as plain frozen values: no database, no request, no Django.

`tree` holds the classes, `vocabulary` the choices and limits that the models share, `field_types` reads what people
type as a type, `digest` turns a design into canonical bytes and their sha256, `review_record` is what reviewers add.
"""

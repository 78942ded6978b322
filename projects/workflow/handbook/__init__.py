"""The handbook of a project: the forms of its policies and lists, the pages they stand on, and the verbs that save."""

"""Documents 5 and 6: our sections of the two specification files, which may hold others of the user's own."""

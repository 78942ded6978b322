"""What follows from the designs of all features together: entities, relationships, operations, indexes, volumes."""

"""Between models and the design tree: `take` reads, `restore` writes, `current` keeps what was taken last."""

"""The domain: projects, features, and the design of how a feature keeps its data."""

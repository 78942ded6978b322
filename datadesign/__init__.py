"""The Django project: settings, addresses, health. The domain is in projects and reviews."""

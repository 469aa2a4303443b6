"""The site: settings, addresses, health, error pages and the way it starts."""

"""The site's own static files: collected, named by their content, and whole."""

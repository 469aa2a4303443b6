"""What the templates of public pages and forms have: their environment, functions and words."""

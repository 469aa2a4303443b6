"""What the staff see of visitors' enquiries."""

"""A page walked by the keyboard."""

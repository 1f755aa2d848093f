"""What a screen reader's user gets of a page, and of the documents that it offers."""

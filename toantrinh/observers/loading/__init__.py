"""Cold loads of a few pages, as a citizen with an ordinary line and computer sees them."""

"""Pictures of a page: taken, cut, outlined, compared pixel by pixel."""

"""What a system gives away: provoked errors, left files, debug pages, listings, scripts and their source maps."""

"""Known holes of libraries that run in browsers: a dated file, how to know a library, and how it is refreshed."""

"""Files that ought to be refused at a place of the papers, or to come back harmless (ASVS 4.0.3, V12)."""

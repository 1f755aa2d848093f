"""What a page looks like to those who see little, who enlarge it, or whom motion disturbs."""

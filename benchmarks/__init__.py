"""Our path solver against what a user would pick instead: ``make benchmark``."""

"""What the chapters of *Who benefits?* show: explorers, and the essay against the models."""

"""What a saddle-path problem is, and what can be said of it before it is solved."""

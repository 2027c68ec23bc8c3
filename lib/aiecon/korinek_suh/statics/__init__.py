"""Given capital: tasks, output, factor prices, the frontier (sections 2 and 3.1 of the paper)."""

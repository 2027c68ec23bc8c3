"""Capital and automation over time: saving, transitions, scenarios (sections 2.4 to 3.3)."""

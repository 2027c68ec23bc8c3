"""Second methods that chapters and tests set against the first."""

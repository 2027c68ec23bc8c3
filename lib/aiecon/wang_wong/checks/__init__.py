"""Second methods, against which tests and chapters set the first."""

"""What must be true of the answers to the exam."""

"""What the chapters on Wang & Wong show: figures, explorers, rows of the ledger."""

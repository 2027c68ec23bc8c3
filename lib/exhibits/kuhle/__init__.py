"""What the chapters on Kuhle show: figures, explorers, rows of the ledger."""

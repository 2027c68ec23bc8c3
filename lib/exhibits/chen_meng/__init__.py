"""What the chapters on Chen & Meng show: figures, explorers, rows of the ledger."""

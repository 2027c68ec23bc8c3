"""What the chapters on Korinek & Suh show: figures, explorers, rows of the ledger."""

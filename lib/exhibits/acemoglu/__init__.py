"""What the chapter on Acemoglu (2024) shows: an explorer, rows of the ledger."""

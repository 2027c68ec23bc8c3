"""What the book shows: figures, derivations, explorers, the ledger."""

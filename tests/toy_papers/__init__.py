"""A toy library of one paper, with a claim for every verdict: what the ledger's tests judge."""

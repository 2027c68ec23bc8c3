"""What the book shows of the models in :mod:`aiecon`: figures, explorers, derivations, the ledger.

One arrow: exhibits → aiecon.
"""

"""What was read of the toy paper."""

from exhibits.ledger import Edition, Paper

EDITION = Edition("Solow & Toy (1956)", "Read in full.", "Nothing was unseen.", "None later.")
PAPER = Paper("toy", EDITION, ("growth",))

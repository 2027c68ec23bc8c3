"""One module per peer; each prints one row of JSON per setting (see ``benchmarks.measure``)."""

"""The toy paper: Y = A K^α, saved at rate s, depreciating at rate δ."""

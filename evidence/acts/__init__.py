"""Acts on exhibits beyond one handover: hand-outs, batches, division, incidents, destruction."""

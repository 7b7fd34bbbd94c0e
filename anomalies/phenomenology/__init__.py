"""What follows from the exact charges: mixing, Wilson coefficients, bounds, fits, neutrino masses."""

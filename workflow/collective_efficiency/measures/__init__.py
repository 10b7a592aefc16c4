"""What is measured of a dataset: indices, averages, cross-tabulations, and who takes part in which value chain."""

"""Makes the sample documents of corpus/samples from their sources."""

"""Which edition of the readers made a cached reading? Raised with every change to what they give."""

EXTRACTOR_VERSION = 4

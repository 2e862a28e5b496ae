"""What is on the pages of a PDF? Two engines give sheets of words; all the rest is one way for both."""

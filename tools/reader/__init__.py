"""The second reader of findings: sentences read by people, and the weights made of them."""

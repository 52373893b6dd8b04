"""treatygraph: the documents of treaty bodies as an evidenced knowledge graph."""

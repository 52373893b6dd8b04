"""Values → quads: keys and IRIs, terms, edge nodes, statements of documents and of the registry."""

"""HTTP ↔ everything before it: SPARQL, dereferencing, pages. Holds no logic of the field."""

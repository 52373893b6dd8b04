INSERT DATA { GRAPH ?g { <http://a> <http://b> 1 } }

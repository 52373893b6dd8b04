DELETE { [] <http://b> 1 } WHERE { ?s ?p ?o }

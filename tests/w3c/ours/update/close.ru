PREFIX : <http://example.org/>
INSERT { GRAPH :log { ?harbour :was ?state } } WHERE { ?harbour :state ?state } ;
DELETE { ?harbour :state ?state } INSERT { ?harbour :state "closed" } WHERE { ?harbour :state ?state }

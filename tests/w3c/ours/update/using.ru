PREFIX : <http://example.org/>
WITH :harbours DELETE { ?harbour :state ?was } INSERT { ?harbour :state "closed" } USING :log WHERE { ?harbour :was ?was }

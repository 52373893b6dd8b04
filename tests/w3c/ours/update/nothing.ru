PREFIX : <http://example.org/> INSERT DATA { :a :b :c } ; LOAD SILENT <http://127.0.0.1:9/nothing> ; DROP ALL

PREFIX : <http://example.org/> MOVE DEFAULT TO :log ; CREATE GRAPH :empty

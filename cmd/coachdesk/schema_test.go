package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaFolder is where each shape of --json is written down; absolute, because
// scripts run elsewhere.
var schemaFolder = filepath.Join("..", "..", "assets", "help", "schema")

func init() {
	abs, err := filepath.Abs(schemaFolder)
	if err == nil {
		schemaFolder = abs
	}
}

// validate compares a JSON text with the schema of a name.
func validate(name, text string) error {
	s, err := compiled(name)
	if err != nil {
		return err
	}
	return fitting(s, name, text)
}

func compiled(name string) (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	return c.Compile(filepath.Join(schemaFolder, name+".schema.json"))
}

func fitting(s *jsonschema.Schema, name, text string) error {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	if err := s.Validate(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// TestSchemasAreClosed keeps every shape exact: an object without a list of its
// fields would let anything pass.
func TestSchemasAreClosed(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(schemaFolder, "*.schema.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no schemas in %s: %v", schemaFolder, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		name := strings.TrimSuffix(filepath.Base(f), ".schema.json")
		if !strings.Contains(string(b), `"coachdesk.`+name+`/1"`) {
			t.Errorf("%s does not name its own schema", f)
		}
		closed(t, filepath.Base(f), v)
	}
}

func closed(t *testing.T, where string, v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["type"] == "object" && v["properties"] != nil && v["additionalProperties"] == nil && v["unevaluatedProperties"] == nil {
			t.Errorf("%s: an object is open", where)
		}
		for k, inner := range v {
			closed(t, where+"/"+k, inner)
		}
	case []any:
		for _, inner := range v {
			closed(t, where, inner)
		}
	}
}

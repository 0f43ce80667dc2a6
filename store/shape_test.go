package store

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// A stranger cannot work the number of a shape out: the page must say it.
func TestFormatNamesTheShape(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), fmt.Sprint(rowShape)) {
		t.Errorf("FORMAT.md does not have the number %d of the shape of a row", rowShape)
	}
}

package demo_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"coachdesk/store/demo"
)

// FuzzRead holds that stories which are taken can be written and read again as the
// same, and that no list of theirs is empty.
func FuzzRead(f *testing.F) {
	b, err := os.ReadFile("../../assets/demo.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(bytes.Replace(b, []byte(`"stories"`), []byte(`"Stories"`), 1))
	f.Add([]byte(`{"schema":"coachdesk.demo/1"}`))
	f.Add([]byte(`{"schema":"coachdesk.demo/1","origins":[{}],"stories":[{}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := demo.Read(b)
		if err != nil {
			return
		}
		if len(n.Origins) == 0 || len(n.Stories) == 0 || len(n.Councils) == 0 || len(n.Stories[0].Talks) < 3 {
			t.Error("stories without substance were taken")
		}
		out, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := demo.Read(out); err != nil || !reflect.DeepEqual(again, n) {
			t.Errorf("the stories come back as others: %v", err)
		}
	})
}

package everything_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"coachdesk/domain"
	"coachdesk/store/everything"
)

// det writes CBOR as a store does.
var det = func() cbor.EncMode {
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	return m
}()

// strict refuses what a store refuses.
var strict = func() cbor.DecMode {
	m, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 16, MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 12,
		IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()

func recordOf(body []byte) everything.Record {
	rec := domain.Record{
		Subject: domain.Subject{Type: domain.AboutParticipant, ID: domain.ID{1, 15: 9}}, Desk: domain.DeskID{1, 7: 255}, Seq: 3,
		Command: domain.ID{5}, Time: math.MaxUint64 - 5, Day: 739943, By: domain.ID{}, Role: domain.Coach, Scope: domain.ThirdParty,
		Kind: "note.taken", Body: body,
	}
	env, err := det.Marshal(map[int]any{1: rec.Command[:], 2: uint64(rec.Time), 3: int(rec.Day), 4: rec.By[:], 5: string(rec.Role), 6: rec.Kind, 7: body})
	if err != nil {
		panic(err)
	}
	return everything.Record{N: 12, Record: rec, Envelope: env}
}

// there writes a body as a line and reads it again.
func there(t testing.TB, body []byte) string {
	t.Helper()
	in := recordOf(body)
	line := everything.AppendRecord(nil, in)
	if !json.Valid(line) || bytes.IndexByte(line, '\n') != len(line)-1 {
		t.Fatalf("%x is no line of JSON: %s", body, line)
	}
	out, err := everything.ReadLine(line)
	if err != nil || out.Record == nil {
		t.Fatalf("%x: %s: %v", body, line, err)
	}
	if !bytes.Equal(out.Record.Record.Body, body) || !bytes.Equal(out.Record.Envelope, in.Envelope) {
		t.Fatalf("%x came back as %x by %s", body, out.Record.Record.Body, line)
	}
	got, want := out.Record.Record, in.Record
	got.Body, want.Body = nil, nil
	if fmt.Sprint(got) != fmt.Sprint(want) || out.Record.N != in.N {
		t.Fatalf("%+v came back as %+v", want, got)
	}
	return string(line)
}

func mustDet(v any) []byte {
	b, err := det.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func TestBodyInJSON(t *testing.T) {
	t.Parallel()
	id := domain.ID{1, 2, 3}
	for _, c := range []struct {
		name string
		body []byte
		want string // what the line says; empty is whatever
	}{
		{"nothing", mustDet(map[string]any{}), `"body":{}`},
		{"text", mustDet(map[string]any{"text": "Said yes."}), `"body":{"text":"Said yes."}`},
		{"a text like a mark", mustDet(map[string]any{"text": "~id:7"}), `"body":{"text":"~~id:7"}`},
		{"only the sign", mustDet("~"), `"body":"~~"`},
		{"signs", mustDet("~~"), `"body":"~~~"`},
		{"an ID", mustDet(map[string]any{"id": id[:]}), `"body":{"id":"~id:` + id.String() + `"}`},
		{"no ID", mustDet(make([]byte, 16)), `"body":"~id:00000000000000000000000000"`},
		{"bytes", mustDet([]byte{0, 255}), `"body":"~hex:00ff"`},
		{"no bytes", mustDet([]byte{}), `"body":"~hex:"`},
		{"numbers", mustDet([]any{0, 23, 24, 255, 256, 65536, -1, -25, 1<<53 - 1, -(1<<53 - 1)}), `"body":[0,23,24,255,256,65536,-1,-25,9007199254740991,-9007199254740991]`},
		{"large numbers", mustDet([]any{uint64(1) << 53, uint64(math.MaxUint64), math.MinInt64}), `"body":["~int:9007199254740992","~int:18446744073709551615","~int:-9223372036854775808"]`},
		{"the least number", []byte{0x3b, 255, 255, 255, 255, 255, 255, 255, 255}, `"body":"~int:-18446744073709551616"`},
		{"words", mustDet([]any{true, false, nil}), `"body":[true,false,null]`},
		{"keys that are no text", mustDet(map[any]any{1: 2, -5: 0, "a": 1}), `"body":{"~int:1":2,"~int:-5":0,"a":1}`},
		{"what a terminal would obey", mustDet("\x1b]0;x\x07\u202e\u200b\U000e0001\"\\\n"), `"body":"\u001b]0;x\u0007\u202e\u200b\udb40\udc01\"\\\n"`},
		{"accents", mustDet("Siân 😀"), `"body":"Siân 😀"`},
		{"a number longer than it need be", []byte{0x18, 1}, `"cbor":"GAE=","body":1}`},
		{"keys out of order", []byte{0xa2, 0x61, 'b', 1, 0x61, 'a', 2}, `"cbor":"omFiAWFhAg==","body":{"b":1,"a":2}}`},
		{"a fraction", mustDet(1.5), `"kind":"note.taken","cbor":"+T4A"}`},
		{"a tag", []byte{0xc1, 0}, `"cbor"`},
		{"an array without its length", []byte{0x9f, 1, 0xff}, `"cbor"`},
		{"undefined", []byte{0xf7}, `"cbor"`},
		{"a broken text", []byte{0x61, 0xff}, `"kind":"note.taken","cbor":"Yf8="}`},
		{"two items", []byte{1, 2}, `"kind":"note.taken","cbor":"AQI="}`},
		{"a length that is a lie", []byte{0x9b, 255, 255, 255, 255, 255, 255, 255, 255}, `"cbor"`},
		{"nothing at all", []byte{}, `"kind":"note.taken","cbor":""`},
	} {
		if line := there(t, c.body); !strings.Contains(line, c.want) {
			t.Errorf("%s: %s, want %s", c.name, line, c.want)
		}
	}
}

// anything makes values as a later version might have them.
func anything(dice *rand.Rand, deep int) any {
	switch dice.IntN(9 - min(deep, 2)*2) {
	case 0:
		return dice.Uint64() >> dice.IntN(64)
	case 1:
		return -int64(dice.Uint64() >> (1 + dice.IntN(63)))
	case 2:
		return pieceOf(dice)
	case 3:
		b := make([]byte, []int{0, 1, 8, 16, 17}[dice.IntN(5)])
		for i := range b {
			b[i] = byte(dice.Uint32())
		}
		return b
	case 4:
		return []any{true, false, nil}[dice.IntN(3)]
	case 5, 6:
		all := make([]any, dice.IntN(5))
		for i := range all {
			all[i] = anything(dice, deep+1)
		}
		return all
	}
	m := map[any]any{}
	for range dice.IntN(30) {
		var key any = pieceOf(dice)
		if dice.IntN(4) == 0 {
			key = dice.Int64()
		}
		m[key] = anything(dice, deep+1)
	}
	return m
}

func pieceOf(dice *rand.Rand) string {
	parts := []string{"~", "~~", "~id:", "~hex:00", "~int:5", "id", "a", "é", "\u202e", "\x00", "\"", "\\u0041", "\n", "\U0001f600", "=1+1", "\ufffd"}
	var b strings.Builder
	for range dice.IntN(4) {
		b.WriteString(parts[dice.IntN(len(parts))])
	}
	return b.String()
}

// Whatever a store writes is read as JSON and comes back byte for byte, without the
// bytes beside it.
func TestBodiesComeBack(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(6, 1))
	for range 20_000 {
		body := mustDet(anything(dice, 0))
		if line := there(t, body); strings.Contains(line, `"cbor"`) || strings.Contains(line, `"envelope"`) {
			t.Fatalf("%x is in its bytes beside: %s", body, line)
		}
	}
}

// FuzzBody gives bytes that no encoder wrote. What the decoder of a store accepts is
// readable, unless it holds a fraction or undefined.
func FuzzBody(f *testing.F) {
	f.Add(mustDet(map[string]any{"id": make([]byte, 16), "text": "~x"}))
	f.Add([]byte{0xa2, 0x61, 'b', 1, 0x61, 'a', 2})
	f.Add([]byte{0x1b, 0, 0, 0, 0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, body []byte) {
		line := there(t, body)
		var v any
		if strict.Unmarshal(body, &v) != nil {
			return
		}
		if again, err := det.Marshal(v); err == nil && bytes.Equal(again, body) && !strings.Contains(fmt.Sprintf("%#v", v), "float") && strings.Contains(line, `"cbor"`) && !bytes.ContainsAny(body, "\xf7\xf8\xf9\xfa\xfb") && !oddSimple(body) {
			t.Errorf("%x is deterministic and not written as JSON alone: %s", body, line)
		}
	})
}

// oddSimple reports simple values other than true, false and null.
func oddSimple(body []byte) bool {
	for _, b := range body {
		if b >= 0xe0 && b <= 0xf3 {
			return true
		}
	}
	return false
}

// FuzzReadLine gives lines that nobody wrote: no panic, and what is taken is JSON, and
// means the same to another reader.
func FuzzReadLine(f *testing.F) {
	f.Add(everything.AppendRecord(nil, recordOf(mustDet(map[string]any{"id": make([]byte, 16), "text": "~x"}))))
	f.Add([]byte(`{"schema":"coachdesk.everything/1","demo":true}`))
	f.Add([]byte(`{"draft":"01JDBQ7VQK0000000000000000","fields":{"a":"b"}}`))
	f.Add([]byte(`{"end":true,"records":3}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		l, err := everything.ReadLine(line)
		if err != nil || l.Record == nil {
			return
		}
		if !json.Valid(line) {
			t.Fatalf("taken, and no JSON: %q", line)
		}
		var other struct {
			N    uint64 `json:"n"`
			Seq  uint64 `json:"seq"`
			Kind string `json:"kind"`
			CBOR string `json:"cbor"`
		}
		if err := json.Unmarshal(line, &other); err == nil && !strings.Contains(strings.ToLower(string(line)), `\u`) && strings.Count(string(line), "kind") == 1 {
			if other.N != l.Record.N && strings.Count(strings.ToLower(string(line)), `"n"`) == 1 || other.Kind != l.Record.Record.Kind && strings.Contains(string(line), `"kind"`) {
				t.Fatalf("%q: %+v and %+v", line, other, l.Record)
			}
		}
		again := everything.AppendRecord(nil, *l.Record)
		if back, err := everything.ReadLine(again); err != nil || !bytes.Equal(back.Record.Envelope, l.Record.Envelope) {
			t.Fatalf("%q is written again as %q: %v", line, again, err)
		}
	})
}

func TestReadLineSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	good := strings.TrimSuffix(string(everything.AppendRecord(nil, recordOf(mustDet(map[string]any{"text": "x"})))), "\n")
	swap := func(old, now string) string { return strings.Replace(good, old, now, 1) }
	for line, want := range map[string]string{
		"":                                   "not JSON",
		"hello":                              "not JSON",
		"[1]":                                "not JSON",
		good + " x":                          "behind its end",
		good[:len(good)-1]:                   "not JSON",
		`{"who":1}`:                          `begins with "who"`,
		swap(`"n":12`, `"n":-1`):             "n: a number",
		swap(`"n":12`, `"n":1.5`):            "n: a number in it has a fraction",
		swap(`"seq":3,`, ``):                 "seq is missing",
		swap(`"seq":3,`, `"seq":3,"seq":3,`): "seq stands in it twice",
		swap("participant", "cat"):           "about: it is none of",
		swap("third party", "everybody"):     "scope: it is none of",
		swap(`"day":"2026-11-23"`, `"day":"23 Nov"`):                  "day: ",
		swap(`"body":{"text":"x"}`, `"body":{"text":"~odd:x"}`):       "begins with a mark",
		swap(`"body":{"text":"x"}`, `"body":{"text":"x","text":"y"}`): "a key stands in it twice",
		swap(`"body":{"text":"x"}`, `"body":{"text":"\ud800"}`):       "not JSON",
		swap(`"body":{"text":"x"}`, `"cbor":"???"`):                   "cbor: ",
		`{"schema":7}`:          "schema in it is not what it should be",
		`{"draft":"x"}`:         "not a full reference",
		`{"end":true,"sha256":`: "not JSON",
	} {
		if _, err := everything.ReadLine([]byte(line)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
	later := swap(`"n":12`, `"n":12,"later":{"a":[1.5e3,"x",null,true,false]}`)
	if _, err := everything.ReadLine([]byte(later)); err != nil {
		t.Errorf("a field of a later version is not passed over: %v", err)
	}
}

// An envelope in which a later version said more is kept as it is.
func TestEnvelopeOfALaterVersion(t *testing.T) {
	t.Parallel()
	r := recordOf(mustDet(map[string]any{"text": "x"}))
	r.Envelope = mustDet(map[int]any{1: r.Record.Command[:], 9: "more"})
	line := everything.AppendRecord(nil, r)
	if !strings.Contains(string(line), base64.StdEncoding.EncodeToString(r.Envelope)) {
		t.Errorf("%s", line)
	}
	if back, err := everything.ReadLine(line); err != nil || !bytes.Equal(back.Record.Envelope, r.Envelope) {
		t.Errorf("%v", err)
	}
}

func TestWriter(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	made := time.Date(2026, 11, 23, 9, 0, 0, 5_000_000, time.UTC)
	w := everything.NewWriter(&b, everything.Header{Format: 2, Demo: true, Made: made, People: 1, Records: 1})
	if err := w.Records(everything.AppendRecord(nil, recordOf(mustDet("x"))), 1); err != nil {
		t.Fatal(err)
	}
	draft := everything.Draft{ID: domain.ID{3}, Place: "note", At: made, Fields: map[string]string{"text": "half\u202e a \"thought\" <b>\n~x"}}
	look := everything.Look{At: made, By: domain.ID{4}, Role: domain.Coach, Participant: domain.ID{1}, Via: "show"}
	if err := w.Draft(draft); err != nil {
		t.Fatal(err)
	}
	if err := w.Look(look); err != nil {
		t.Fatal(err)
	}
	done, err := w.End()
	if err != nil || done.Records != 1 || done.Drafts != 1 || done.Looks != 1 || len(done.SHA256) != 64 {
		t.Fatalf("%+v, %v", done, err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 5 || strings.Contains(b.String(), "\u202e") {
		t.Fatalf("%d lines: %s", len(lines), b.String())
	}
	var read []everything.Line
	for _, text := range lines {
		l, err := everything.ReadLine([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		read = append(read, l)
	}
	look.N = 1
	if h := read[0].Header; h == nil || h.Schema != everything.Schema || !h.Made.Equal(made) || !h.Demo {
		t.Errorf("header %+v", h)
	}
	if fmt.Sprint(*read[2].Draft) != fmt.Sprint(draft) || fmt.Sprint(*read[3].Look) != fmt.Sprint(look) || *read[4].Trailer != done {
		t.Errorf("%+v, %+v, %+v", read[2].Draft, read[3].Look, read[4].Trailer)
	}
}

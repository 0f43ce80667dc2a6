package oruk

import (
	"encoding/json"
	"strconv"
	"strings"

	"coachdesk/domain/clean"
)

// thing is an object of which nothing is certain.
type thing map[string]any

// text returns a field as text, whatever it was written as. An empty one is absent.
func (t thing) text(keys ...string) string {
	for _, key := range keys {
		if s := textOf(t[key]); s != "" {
			return s
		}
	}
	return ""
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		s := strings.TrimSpace(strings.Trim(v, "\u00a0\u200b\ufeff \t\r\n"))
		if strings.EqualFold(s, "null") || strings.EqualFold(s, "none") || strings.EqualFold(s, "n/a") {
			return ""
		}
		return s
	case json.Number:
		return v.String()
	}
	return ""
}

// number returns a field as a whole number.
func (t thing) number(key string) (int, bool) {
	f, err := strconv.ParseFloat(textOf(t[key]), 64)
	if err != nil || f != f || f > 1e6 || f < -1e6 {
		return 0, false
	}
	return int(f), true
}

// object returns a field as an object; a list of one counts as it.
func (t thing) object(key string) thing {
	switch v := t[key].(type) {
	case map[string]any:
		return v
	case []any:
		if len(v) > 0 {
			one, _ := v[0].(map[string]any)
			return one
		}
	}
	return nil
}

// listMost bounds how many of a list are looked at.
const listMost = 200

// list returns a field as objects; one object counts as a list of itself.
func (t thing) list(keys ...string) []thing {
	var out []thing
	for _, key := range keys {
		switch v := t[key].(type) {
		case map[string]any:
			out = append(out, v)
		case []any:
			for _, one := range v[:min(len(v), listMost)] {
				if m, is := one.(map[string]any); is {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

// line makes what a feed wrote one clean line.
func line(s string, most int) string { return clean.Line(plain(s), most) }

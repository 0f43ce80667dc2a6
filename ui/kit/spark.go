package kit

import (
	"strconv"
	"strings"
)

// sparks are the heights of a small chart.
var sparks = []rune("▁▂▃▄▅▆▇█")

// Spark draws numbers from 1 to most as a small chart, the newest last, in at most n
// cells. Plain writes the numbers: signs of blocks say nothing to a reader.
func Spark(values []int, most, n int, plain bool) string {
	if plain {
		n /= 2
	}
	values = values[max(0, len(values)-max(1, n)):]
	var b strings.Builder
	for i, v := range values {
		v = max(1, min(v, most))
		if plain {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(v))
			continue
		}
		b.WriteRune(sparks[(v-1)*(len(sparks)-1)/max(1, most-1)])
	}
	return b.String()
}

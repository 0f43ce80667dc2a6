package kit

// Lane is a column of a board: a title and its cards.
type Lane struct {
	Title string
	Cards []string
}

// Board lays the cards of lanes side by side, each on one to four lines with room for a
// sign before it. It returns the lines and, for each of them and each lane, which card
// stands there; -1 for none.
func Board(lanes []Lane, width int) (lines [][]string, cards [][]int, lane int) {
	lane = LaneWidth(len(lanes), width)
	for i, l := range lanes {
		put := func(n, card int, text string) {
			for len(lines) <= n {
				lines, cards = append(lines, make([]string, len(lanes))), append(cards, none(len(lanes)))
			}
			lines[n][i], cards[n][i] = Fill(text, lane), card
		}
		n := 0
		for c, text := range l.Cards {
			wrapped := Wrap(text, lane-3)
			for j, w := range wrapped[:min(len(wrapped), 4)] {
				if j == 3 && len(wrapped) > 4 {
					w = Cut(w+" …", lane-3)
				}
				put(n, c, "  "+w)
				n++
			}
			put(n, -1, "")
			n++
		}
	}
	for _, row := range lines {
		for i := range row {
			if row[i] == "" {
				row[i] = Blank(lane)
			}
		}
	}
	return lines, cards, lane
}

// LaneWidth is how wide each of so many lanes is.
func LaneWidth(lanes, width int) int { return max(8, (width-lanes+1)/max(1, lanes)) }

func none(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

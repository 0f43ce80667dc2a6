package kit

// Window keeps a cursor in a list and knows which part of it can be seen. It holds
// no rows: a list of ten thousand costs what can be seen of it.
type Window struct {
	Len    int // rows in all
	Height int // rows that can be seen
	At     int // the row under the cursor
	Top    int // the first row that can be seen
}

// Resize says how many rows there are and how many can be seen.
func (w *Window) Resize(length, height int) {
	w.Len, w.Height = length, max(height, 0)
	w.Go(w.At)
}

// Go moves the cursor to a row, or to the nearest there is.
func (w *Window) Go(to int) {
	w.At = max(0, min(to, w.Len-1))
	if w.At < w.Top {
		w.Top = w.At
	}
	if w.Height > 0 && w.At >= w.Top+w.Height {
		w.Top = w.At - w.Height + 1
	}
	w.Top = max(0, min(w.Top, w.Len-w.Height))
}

// Key moves the cursor by the name of a key, and reports whether the key was one
// that moves.
func (w *Window) Key(key string) bool {
	switch key {
	case "up", "k":
		w.Go(w.At - 1)
	case "down", "j":
		w.Go(w.At + 1)
	case "pgup", "ctrl+b":
		w.Go(w.At - max(1, w.Height-1))
	case "pgdown", "ctrl+f":
		w.Go(w.At + max(1, w.Height-1))
	case "home":
		w.Go(0)
	case "end", "G":
		w.Go(w.Len - 1)
	default:
		return false
	}
	return true
}

// Seen returns the rows that can be seen, from and up to but not including to.
func (w *Window) Seen() (from, to int) {
	return w.Top, min(w.Len, w.Top+w.Height)
}

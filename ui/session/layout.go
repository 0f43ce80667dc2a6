package session

// Fit implements screen.Screen.
func (s *Session) Fit(w, h int) { s.width, s.height = w, h; s.layout() }

// layout gives the field what the brief and the marks leave.
func (s *Session) layout() {
	s.area.SetWidth(max(20, s.width-4-s.side()))
	s.area.SetHeight(max(3, s.height-len(s.above())-s.foot()))
	s.gutter.measure(s.area.Value(), s.area.Width())
	if s.keep.found && s.height > 0 {
		// A text that was put in shows its beginning until the field has drawn it and is
		// then asked once where its cursor is.
		s.keep.found = false
		_ = s.area.View()
		s.area, _ = s.area.Update(nil)
	}
}

// side is the width of the marks beside the text; zero puts them below it.
func (s *Session) side() int {
	if s.width >= 110 {
		return 46
	}
	return 0
}

// foot is how many lines stand below the text.
func (s *Session) foot() int {
	switch {
	case s.side() > 0:
		return 0
	case s.low():
		return s.chipRows()
	}
	return 1 + s.chipRows()
}

func (s *Session) chipRows() int {
	if s.low() {
		return 1
	}
	n := len(s.words.Marks)
	if s.next != nil {
		n++
	}
	return min(5, max(1, n))
}

// low reports that the screen has no line to spare.
func (s *Session) low() bool { return s.height < 9 }

package stranger

import "bytes"

// between tells whether a record about a handover counts: it is between whoever offered it
// and whoever it was offered to.
func between(rec Record, story []Record) bool {
	switch rec.Kind {
	case "handover.answered", "handover.replied", "handover.recalled", "handover.ended":
	default:
		return true
	}
	id, _ := rec.Fields["id"].([]byte)
	for _, o := range story {
		offered, _ := o.Fields["id"].([]byte)
		if o.Kind != "handover.offered" || !bytes.Equal(offered, id) || !entitled(o) {
			continue
		}
		to, _ := o.Fields["to"].([]byte)
		sender, receiver := rec.By == o.By || rec.Role == "lead", rec.By == IDText(to)
		switch rec.Kind {
		case "handover.answered":
			return receiver
		case "handover.ended":
			return sender || receiver
		}
		return sender
	}
	return true
}

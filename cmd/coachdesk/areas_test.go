package main

import (
	"slices"
	"testing"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// carried is the catalogue that the program carries.
func carried(t *testing.T) catalogue.Catalogue {
	t.Helper()
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// TestRuleAreas holds how many councils each area has, and which of them straddle.
func TestRuleAreas(t *testing.T) {
	a := carried(t).Areas
	if err := a.Check(); err != nil {
		t.Error(err)
	}
	want := map[string][2]int{ // councils, and those that lie in it only in part
		"Birmingham and Solihull": {2, 0}, "Black Country": {4, 0}, "Bristol, North Somerset and South Gloucestershire": {3, 0},
		"Cambridgeshire and Peterborough": {7, 1}, "Cornwall and the Isles of Scilly": {2, 0}, "Coventry and Warwickshire": {6, 0},
		"Frimley": {9, 5}, "Herefordshire and Worcestershire": {7, 0}, "Greater Manchester": {10, 0}, "Lancashire and South Cumbria": {17, 3},
		"Leicester, Leicestershire and Rutland": {9, 0}, "North Central London": {5, 0}, "North West London": {8, 0}, "South Yorkshire": {4, 0},
		"Surrey Heartlands": {11, 4}, "Local London": {9, 0},
	}
	if len(a.Areas) != len(want) || len(a.Named("workwell")) != 15 {
		t.Errorf("%d areas, %d of WorkWell", len(a.Areas), len(a.Named("workwell")))
	}
	for _, one := range a.Areas {
		part := 0
		for _, m := range one.Councils {
			if m.Share > 0 {
				part++
			}
		}
		if got := [2]int{len(one.Councils), part}; got != want[one.Name] {
			t.Errorf("%s: %v councils, want %v", one.Name, got, want[one.Name])
		}
	}
}

// TestRuleCouncilsInEverySpelling holds that a council is known as people, forms and
// the council itself write it, and that a county is not taken for one place.
func TestRuleCouncilsInEverySpelling(t *testing.T) {
	a := carried(t).Areas
	for typed, want := range map[string]catalogue.Council{
		"Newham": {Name: "Newham", Nation: catalogue.England}, "London Borough of Newham": {Name: "Newham", Nation: catalogue.England},
		"newham london boro": {Name: "Newham", Nation: catalogue.England}, "LB Newham": {Name: "Newham", Nation: catalogue.England},
		"NEWHAM COUNCIL": {Name: "Newham", Nation: catalogue.England},
		"Bristol":        {Name: "Bristol, City of", Nation: catalogue.England}, "Bristol, City of": {Name: "Bristol, City of", Nation: catalogue.England},
		"City of Bristol": {Name: "Bristol, City of", Nation: catalogue.England}, "Bristol City Council": {Name: "Bristol, City of", Nation: catalogue.England},
		"barking & dagenham":                          {Name: "Barking and Dagenham", Nation: catalogue.England},
		"Kings Lynn and West Norfolk Borough Council": {Name: "King's Lynn and West Norfolk", Nation: catalogue.England},
		"St Helens": {Name: "St. Helens", Nation: catalogue.England}, "Saint Helens": {Name: "St. Helens", Nation: catalogue.England},
		"Stoke on Trent": {Name: "Stoke-on-Trent", Nation: catalogue.England}, "Stratford-upon-Avon": {Name: "Stratford-on-Avon", Nation: catalogue.England},
		"City of London": {Name: "City of London", Nation: catalogue.England}, "London": {Name: "London", Nation: catalogue.England, Wide: true},
		"City of Westminster":                   {Name: "Westminster", Nation: catalogue.England},
		"Royal Borough of Greenwich":            {Name: "Greenwich", Nation: catalogue.England},
		"Council of the Isles of Scilly":        {Name: "Isles of Scilly", Nation: catalogue.England},
		"Durham County Council":                 {Name: "County Durham", Nation: catalogue.England},
		"Surrey County Council":                 {Name: "Surrey", Nation: catalogue.England, Wide: true},
		"Derby":                                 {Name: "Derby", Nation: catalogue.England},
		"Derbyshire":                            {Name: "Derbyshire", Nation: catalogue.England, Wide: true},
		"Cardiff":                               {Name: "Cardiff", Nation: catalogue.Wales},
		"Caerdydd":                              {Name: "Cardiff", Nation: catalogue.Wales},
		"Cyngor Abertawe":                       {Name: "Swansea", Nation: catalogue.Wales},
		"Ynys Mon":                              {Name: "Isle of Anglesey", Nation: catalogue.Wales},
		"Rhondda Cynon Taff":                    {Name: "Rhondda Cynon Taf", Nation: catalogue.Wales},
		"Merthyr Tydfil CBC":                    {Name: "Merthyr Tydfil", Nation: catalogue.Wales},
		"Glasgow":                               {Name: "Glasgow City", Nation: catalogue.Scotland},
		"The Highland Council":                  {Name: "Highland", Nation: catalogue.Scotland},
		"Comhairle nan Eilean Siar":             {Name: "Na h-Eileanan Siar", Nation: catalogue.Scotland},
		"Belfast City Council":                  {Name: "Belfast", Nation: catalogue.NorthernIreland},
		"Armagh, Banbridge and Craigavon":       {Name: "Armagh City, Banbridge and Craigavon", Nation: catalogue.NorthernIreland},
		"Newcastle-under-Lyme":                  {Name: "Newcastle-under-Lyme", Nation: catalogue.England},
		"Herefordshire":                         {Name: "Herefordshire, County of", Nation: catalogue.England},
		"Kingston upon Hull":                    {Name: "Kingston upon Hull, City of", Nation: catalogue.England},
		"Metropolitan Borough of Wigan":         {Name: "Wigan", Nation: catalogue.England},
		"Barnsley Metropolitan Borough Council": {Name: "Barnsley", Nation: catalogue.England},
	} {
		if got, ok := a.Council(typed); !ok || got != want {
			t.Errorf("%q is %+v, want %+v", typed, got, want)
		}
	}
	for _, typed := range []string{"", "council", "Atlantis", "New", "Newhamm"} {
		if got, ok := a.Council(typed); ok {
			t.Errorf("%q is taken for %s", typed, got.Name)
		}
	}
	for _, n := range []string{"Adur", "Wyre Forest", "Isle of Anglesey", "Shetland Islands", "Mid Ulster"} {
		if got, ok := a.Council(n); !ok || got.Name != n {
			t.Errorf("%q is %+v", n, got)
		}
	}
}

// TestRuleWhereProgrammesRun holds the answers of the area test: by residence, by GP
// registration, in a council that straddles, in a nation.
func TestRuleWhereProgrammesRun(t *testing.T) {
	known := carried(t)
	before, today := calendar.Date(2026, 8, 31), calendar.Date(2026, 11, 23)
	at := func(council string) catalogue.Whereabouts {
		return catalogue.Whereabouts{Council: council, Holidays: calendar.EnglandAndWales}
	}
	for _, tt := range []struct {
		programme string
		at        catalogue.Whereabouts
		on        calendar.Day
		want      catalogue.Verdict
	}{
		{"workwell", at("Enfield"), today, catalogue.Yes},
		{"workwell", at("Enfield"), calendar.Date(2024, 9, 30), catalogue.No}, // not begun
		{"workwell", catalogue.Whereabouts{Council: "Newham", GP: "Grove Surgery, Enfield"}, before, catalogue.Yes},
		{"workwell", catalogue.Whereabouts{Council: "Newham", GP: "Park Surgery, Newham"}, before, catalogue.No},
		{"workwell", at("Newham"), before, catalogue.Unknown}, // where they are registered would decide
		{"workwell", at("Newham"), today, catalogue.Check},    // all of England is said, and nobody is sure
		{"workwell", at("North Hertfordshire"), before, catalogue.Check},
		{"workwell", at("Guildford"), before, catalogue.Yes}, // all of it, in two areas
		{"workwell", at("Waverley"), before, catalogue.Yes},
		{"workwell", at("Surrey"), before, catalogue.Check},
		{"workwell", catalogue.Whereabouts{Council: "Cardiff", GP: "Cathays, Cardiff"}, today, catalogue.No},
		{"work-and-health-pioneer", at("Newham"), today, catalogue.Yes},
		{"work-and-health-pioneer", at("Glasgow"), today, catalogue.No},
		{"connect-to-work", at(""), today, catalogue.Yes}, // England or Wales, either will do
		{"connect-to-work", at("Cardiff"), today, catalogue.Yes},
		{"connect-to-work", catalogue.Whereabouts{Holidays: calendar.Scotland}, today, catalogue.No},
		{"ips-primary-care", at(""), today, catalogue.Unknown}, // England, or Wales?
		{"ips-primary-care", at("Powys"), today, catalogue.No},
		{"access-to-work", at("Belfast"), today, catalogue.No},
		{"access-to-work", at("Fife"), today, catalogue.Yes},
		{"improving-lives", at(""), today, catalogue.Yes}, // nothing says where
	} {
		p, ok := known.Programme(tt.programme)
		if !ok {
			t.Fatal(tt.programme)
		}
		if got, by := known.Covers(p, tt.at, tt.on); got != tt.want {
			t.Errorf("%s for %+v on %s: %s by %q, want %s", tt.programme, tt.at, tt.on, got, by.Value, tt.want)
		}
	}
	if got := known.Areas.In("workwell-frimley", "Guildford", today); got != catalogue.Check {
		t.Errorf("Guildford in Frimley alone: %s", got)
	}
	var names []string
	for _, one := range known.Areas.Of("LB Enfield", today) {
		names = append(names, one.Name)
	}
	if !slices.Equal(names, []string{"North Central London", "Local London"}) {
		t.Errorf("Enfield lies in %v: areas overlap", names)
	}
}

// TestAreasAreChecked breaks an area in one place each.
func TestAreasAreChecked(t *testing.T) {
	known := carried(t)
	damage := map[string]func(*catalogue.Area){
		"no name":    func(a *catalogue.Area) { a.Name = "" },
		"no test":    func(a *catalogue.Area) { a.Tests = nil },
		"a test":     func(a *catalogue.Area) { a.Tests = []catalogue.Test{"birth"} },
		"confidence": func(a *catalogue.Area) { a.Confidence = "sure" },
		"a council":  func(a *catalogue.Area) { a.Councils[0].Name = "Atlantis" },
		"a county":   func(a *catalogue.Area) { a.Councils[0].Name = "Surrey" },
		"share":      func(a *catalogue.Area) { a.Councils[0].Share = 1.5 },
		"days": func(a *catalogue.Area) {
			a.Councils[0].From, a.Councils[0].Until = calendar.Date(2026, 2, 1), calendar.Date(2026, 1, 1)
		},
	}
	for name, harm := range damage {
		a := known.Areas
		one := a.Areas[0]
		one.Councils = slices.Clone(one.Councils)
		harm(&one)
		a.Areas = append(slices.Clone(a.Areas[1:]), one)
		if a.Check() == nil {
			t.Errorf("%s: nothing is found wrong", name)
		}
	}
	known.Areas.Areas = known.Areas.Areas[1:]
	if err := known.CheckAreas(); err != nil {
		t.Error(err)
	}
	known.Areas.Areas = nil
	if known.CheckAreas() == nil {
		t.Error("programmes name areas that nobody knows, and nothing says so")
	}
}

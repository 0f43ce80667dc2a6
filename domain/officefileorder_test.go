package domain_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// TestOfficeFilesInAnyOrder: files about programmes and areas that two desks wrote apart, one
// taken back among them, give one catalogue in whichever order the records arrive.
func TestOfficeFilesInAnyOrder(t *testing.T) {
	known := carriedCatalogue(t)
	area := func(council string) domain.ChangeArea {
		a, err := catalogue.ReadArea([]byte(fmt.Sprintf(`{"key":"here","name":"Here","source":"S1","confidence":"found","tests":["residence"],"councils":[{"name":%q}]}`, council)))
		if err != nil {
			t.Fatal(err)
		}
		return domain.ChangeArea{Known: known, Area: a}
	}
	desk := func(n byte, commands ...domain.Command) []domain.Record {
		rs := officeSaid(t, nil, commands...)
		for i := range rs {
			rs[i].Desk, rs[i].Command[0] = domain.DeskID{n}, n
			rs[i].Time += domain.Clock(n) // the desks write in turns
		}
		return rs
	}
	a := desk(1, domain.ChangeProgramme{Known: known, File: head + `,"name":"WorkWell East"}`}, area("Brent"), domain.ChangeProgramme{Known: known, File: head + `,"figures":[]}`})
	b := desk(2, domain.ChangeProgramme{Known: known, File: head + `,"name":"WorkWell West"}`}, area("Tower Hamlets"))
	all := append(a, b...)
	undone := domain.Record{Desk: domain.DeskID{2}, Seq: 3, Command: domain.ID{15: 99}, Time: 99, Day: today, Role: domain.Lead, Event: domain.Undid{Batch: a[2].Command}}
	all = append(all, undone)
	type said struct {
		programmes []catalogue.Programme
		areas      []catalogue.Area
		changed    map[string]calendar.Day
		wrong      []string
	}
	told := func(rs []domain.Record) said {
		rs = append([]domain.Record(nil), rs...)
		domain.Sort(rs)
		c := domain.ReplayOffice(rs).Catalogue(known)
		return said{c.Programmes, c.Areas.Areas, c.Changed, c.Wrong}
	}
	want := told(all)
	if p := want.programmes[0]; p.Name != "WorkWell West" || len(p.Figures) != 1 || want.areas[0].Councils[0].Name != "Tower Hamlets" {
		t.Fatalf("the files count in another way: %+v", want)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := told(all); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order, another catalogue:\n%+v\n%+v", got, want)
		}
	}
}

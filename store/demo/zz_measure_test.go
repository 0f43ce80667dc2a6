package demo_test
import ("testing";"time";"fmt";"sort";"os";"encoding/json";"coachdesk/domain";"coachdesk/domain/calendar")
func TestZZ(t *testing.T){
 var f struct{Rules []domain.Rule}
 b,_:=os.ReadFile("../../assets/queue.json"); json.Unmarshal(b,&f)
 rules:=domain.Rules{}; for _,r:=range f.Rules{rules[r.Key]=r}
 cal:=calendar.New(calendar.EnglandAndWales,nil)
 for _,hour:=range []int{8,10,15}{ _=hour
 for _,seed:=range []uint64{1,2,3}{
 j:=tell(t,seed,120)
 q:=domain.Queue{Today:calendar.Of(now),Minute:hour*60+20,Rules:rules,Nation:calendar.EnglandAndWales,Calendars:map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales:&cal}}
 n,tod:=0,0; by:=map[string]int{}; names:=map[string]int{}; recs:=0; clash:=map[string]int{}
 for s,past:=range j.past{p:=domain.Replay(s,past); r:=p.Row(); rs:=q.Reasons(r); if len(rs)>0{n++}; for _,x:=range rs{by[x.Rule]++}; recs+=len(past); names[p.Name()]++
  if a,ok:=r.Next(q.Today);ok&&a.Day==q.Today{tod++}
  for _,a:=range p.Appointments{clash[fmt.Sprint(a.Day,a.Minute)]++}}
 c:=0; for _,v:=range clash{if v>1{c++}}
 dup:=0; for _,v:=range names{if v>1{dup++}}
 fmt.Println("hour",hour,"seed",seed,"reasons",n,"today",tod,"records",recs,"dupnames",dup,"clashes",c,by)
 }}
 start:=time.Now(); j:=tell(t,1,10000); fmt.Println("10000:",time.Since(start)); tot:=0; for _,p:=range j.past{tot+=len(p)}; fmt.Println(tot)
 var names []string; for s,p:=range tell(t,1,24).past{ names=append(names,domain.Replay(s,p).Name())}; sort.Strings(names); fmt.Println(names)
}

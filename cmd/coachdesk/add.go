package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// factsHelp tells how facts are written.
const factsHelp = "Lines of “field: value” come from standard input, or one by one at a prompt; a line that begins\n" +
	"with a blank goes on with the value before it."

func (c *call) addVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "add",
		Short:   "Take somebody on; the new reference is printed",
		Long:    "add takes somebody onto the caseload. A name is needed, all else is optional.\n" + factsHelp,
		Example: "  printf 'name: Jo Taylor\\nphone: 020 7946 0001\\n' | coachdesk add",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return c.add() },
	}
}

func (c *call) changeVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "change REF",
		Short: "Change what is known of somebody",
		Long:  "change writes facts on a record. A field without a value is forgotten.\n" + factsHelp,
		Args:  needs("REF"),
		RunE:  func(_ *cobra.Command, args []string) error { return c.change(args[0]) },
	}
}

// factWords is what add and change read.
var factWords = words{what: "The record", field: "name", most: inputMost, must: true}

func (c *call) add() error {
	if err := c.mayRead(factWords); err != nil {
		return err
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	facts, err := c.facts("name: ")
	if err != nil {
		return err
	}
	id := st.NewID()
	receipt, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.Join{ID: id, Facts: facts}}})
	if err != nil {
		return err
	}
	ids, err := st.Everyone()
	if err != nil {
		return err
	}
	return c.tellReceipt(id.Ref(domain.RefLength(ids)), receipt)
}

// facts reads fields and values from wherever they come.
func (c *call) facts(first string) (map[domain.Fact]string, error) {
	if f, typed := c.terminal(); typed {
		return c.askFacts(f, first)
	}
	raw, err := c.readAll(c.world.in, inputMost)
	if err != nil {
		return nil, err
	}
	text := clean.Text(raw, inputMost)
	if text == "" {
		return nil, misuse("Nothing was written. Write lines such as “name: Jo Taylor” to standard input.")
	}
	return readFacts(text)
}

func (c *call) change(ref string) error {
	if err := c.mayRead(factWords); err != nil {
		return err
	}
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	facts, err := c.facts("")
	if err != nil {
		return err
	}
	return s.do(domain.Describe{Participant: s.p.ID, Facts: facts})
}

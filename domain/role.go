package domain

// Role is what somebody at the desk may do. Roles behind one passphrase keep
// order at work; they are not secrecy.
type Role string

// The roles are stored.
const (
	Coach         Role = "coach"
	Adviser       Role = "dea" // Disability Employment Adviser
	Provider      Role = "adviser"
	Lead          Role = "lead"
	Administrator Role = "administrator"
)

// Roles lists all there are.
var Roles = []Role{Coach, Adviser, Provider, Lead, Administrator}

func (r Role) String() string {
	switch r {
	case Coach:
		return "work coach"
	case Adviser:
		return "Disability Employment Adviser"
	case Provider:
		return "provider's adviser"
	case Lead:
		return "team lead"
	case Administrator:
		return "administrator"
	}
	return string(r)
}

// MayAdvise reports whether the role answers coaches' questions.
func (r Role) MayAdvise() bool { return r == Adviser }

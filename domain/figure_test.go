package domain_test

import "coachdesk/domain"

// figures are those that the program carries, as far as these tests count on them.
var figures = domain.Figures{
	domain.FigureOpens: {Value: 9 * 60}, domain.FigureCloses: {Value: 17 * 60},
	domain.FigureMeetings: {Value: 2}, domain.FigureMeetingsApart: {Value: 240}, domain.FigureMeetingsAhead: {Value: 60},
}

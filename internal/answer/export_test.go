package answer

import (
	"context"

	"pincite/internal/index"
)

// Measures are what the confidence of an answer is computed from, in the order
// of Coefficients.
func (a *Answerer) Measures(ctx context.Context, view *index.View, r Request) ([]float64, error) {
	_, m, err := a.answer(ctx, view, r)
	return m.vector(), err
}

// Coefficients are those of the logistic regression, the constant first.
func Coefficients() []float64 { return coefficients() }

// AnsweredFrom is the confidence from which an answer is called that.
const AnsweredFrom = answeredFrom

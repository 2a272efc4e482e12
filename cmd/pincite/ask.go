package main

import (
	"context"
	"strings"

	"pincite/internal/answer"
	"pincite/internal/desk"
)

type askCommand struct {
	Question []string `arg:"" optional:"" help:"The question, in your own words."`
	In       string   `placeholder:"DOCUMENT" help:"Look in this document only."`
	After    string   `placeholder:"QUESTION" help:"The question that this one follows up."`
	Limit    int      `default:"3" help:"Most passages to show (${default})."`
	Receipts bool     `help:"Give a receipt for each passage, which pincite verify --receipt proves."`
}

// Help is what is said after the usage.
func (*askCommand) Help() string {
	return "Exit status 3 means that the corpus holds no answer."
}

func (c *askCommand) run(ctx context.Context, a *app) (err error) {
	question := strings.Join(c.Question, " ")
	if strings.TrimSpace(question) == "" {
		return usage(`No question was asked; write it behind the command: pincite ask "Who may declare war?".`)
	}
	if err := checkLimit(c.Limit); err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.close(&err)
	said, err := s.Ask(ctx, s.who, answer.Request{Question: question, Earlier: c.After, Document: c.In, Limit: c.Limit})
	if err != nil {
		return err
	}
	if a.JSON {
		out := answerJSON(said)
		for i := range out.Passages {
			if c.Receipts {
				out.Passages[i].Receipt = receiptOf(&said.Passages[i])
			}
		}
		err = a.out.json(out)
	} else {
		a.showAnswer(said)
		if c.Receipts {
			a.showReceipts(said)
		}
	}
	if err == nil && said.Verdict == answer.None {
		err = errNoAnswer
	}
	return err
}

// showReceipts prints a receipt for what was shown of each passage.
func (a *app) showReceipts(said *desk.Answer) {
	if len(said.Passages) > 0 {
		a.out.gap()
		a.out.text("", plain, "Receipts:")
	}
	for i := range said.Passages {
		a.out.text("", plain, receiptOf(&said.Passages[i]))
	}
}

// chatterReply is a short reply to what is no question.
func chatterReply(kind answer.Chatter) string {
	switch kind {
	case answer.Greeting:
		return `Hello. Ask a question about the documents, such as: pincite ask "Who may declare war?".`
	case answer.Thanks:
		return "You are welcome."
	case answer.Farewell:
		return "Goodbye."
	case answer.SmallTalk:
		return `That is beyond this program: it knows the documents and nothing else. Ask about them, such as: pincite ask "Who may declare war?".`
	case answer.Complaint:
		return "Sorry that it was of no help. Other words may find it, above all the names and terms that the documents use; pincite search looks for them one by one."
	case answer.Gibberish:
		return `That cannot be read as a question. Ask one in words, such as: pincite ask "Who may declare war?".`
	default:
		return "This is Pincite, a program. It answers questions about documents with the passage that says so, word for word."
	}
}

// maxLimit bounds the passages that one command prints.
const maxLimit = 100

func checkLimit(n int) error {
	if n < 1 || n > maxLimit {
		return usage("--limit %d is out of range; give a number from 1 to %d.", n, maxLimit)
	}
	return nil
}

// showAnswer prints an answer as a channel would show it: what it is worth,
// the best passage whole, the others by what matters in them.
func (a *app) showAnswer(said *desk.Answer) {
	out := a.out
	if said.Chatter != "" {
		out.text("", plain, chatterReply(said.Chatter))
		return
	}
	for _, m := range said.Mended {
		out.text("", faint, "Showing results for “"+m.As+"” instead of “"+m.Written+"”.")
	}
	switch said.Verdict {
	case answer.Answered:
		out.text("", good, "Answer")
	case answer.Related:
		out.text("", fair, "Related, may not answer")
	default:
		out.text("", poor, "The corpus holds no answer.")
	}
	if len(said.Missing) > 0 {
		who := "The corpus"
		if said.Verdict == answer.None {
			who = "It"
		}
		out.text("", plain, who+" never mentions: "+strings.Join(said.Missing, ", ")+".")
	}
	if said.Verdict == answer.None && len(said.Passages) > 0 {
		out.gap()
		out.text("", plain, "The nearest passages:")
	}
	noted := make(map[string]bool)
	for i := range said.Passages {
		p := &said.Passages[i]
		out.gap()
		whole := i == 0 && said.Verdict != answer.None
		a.showPassage(p, whole)
		if !noted[p.Document.ID] {
			a.showNote(margin, p.Document)
		}
		noted[p.Document.ID] = true
	}
}

package discordtest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// ErrNoReply is returned where no reply came in the time given.
var ErrNoReply = errors.New("discordtest: no reply")

// ReplyKind says what a Reply is.
type ReplyKind string

// The kinds of reply.
const (
	KindMessage ReplyKind = "message" // a new message
	KindEdit    ReplyKind = "edit"    // a message that was there and changed; Message is what it became
	KindDelete  ReplyKind = "delete"  // a message that was there and is gone; Message is what it was
	KindModal   ReplyKind = "modal"   // a form
	KindChoices ReplyKind = "choices" // suggestions
	KindAck     ReplyKind = "ack"     // a click that changed nothing; Message is the one clicked
)

// Reply is one thing that the bot did about a Step, as it was at that moment.
type Reply struct {
	Kind      ReplyKind
	Message   *Message
	Modal     *Modal
	Choices   []Choice
	Ephemeral bool // only the user of the step sees it
	// Deferred is true where the first callback only asked for time (types 5 and 6).
	Deferred bool
	// Latency is the time from just before the event was written to the gateway until the request that carried this
	// reply arrived.
	Latency time.Duration

	server *Server
	step   *Step
}

// Step is one thing that a user did. The bot's replies to it are waited for with WaitReply.
type Step struct {
	// User is the name of who did it.
	User string
	// MessageID is the id of the message that Say posted, or "".
	MessageID string
	// InteractionID is the id of the interaction, or "".
	InteractionID string
	// InteractionToken is the interaction's token, or "". It is a secret.
	InteractionToken string

	server     *Server
	channelID  string
	dispatched time.Time

	mu      sync.Mutex
	replies []*Reply
	next    int
	source  *Message // the message clicked, from its acknowledgement with type 6 to the next reply
	changed chan struct{}
}

func newStep(s *Server, user, channelID string) *Step {
	return &Step{server: s, User: user, channelID: channelID, changed: make(chan struct{})}
}

// add records a reply and wakes who waits for it.
func (st *Step) add(r *Reply) {
	st.mu.Lock()
	defer st.mu.Unlock()
	r.server, r.step = st.server, st
	st.source = nil
	st.replies = append(st.replies, r)
	close(st.changed)
	st.changed = make(chan struct{})
}

// WaitReply returns the next reply that it has not returned yet, waiting up to timeout for it. A deferred answer
// counts once it is edited in. A click that was acknowledged with type 6 and never edited gives a reply of KindAck
// after timeout. The error wraps ErrNoReply and names what the bot did wrong meanwhile, if anything.
func (st *Step) WaitReply(timeout time.Duration) (*Reply, error) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		st.mu.Lock()
		if st.next < len(st.replies) {
			r := st.replies[st.next]
			st.next++
			st.mu.Unlock()
			return r, nil
		}
		changed, source := st.changed, st.source
		st.mu.Unlock()
		select {
		case <-changed:
		case <-st.server.done:
			return nil, fmt.Errorf("%w: the server is closed", ErrNoReply)
		case <-timer.C:
			if source != nil {
				return &Reply{
					Kind: KindAck, Message: source, Ephemeral: source.Ephemeral(), Deferred: true,
					server: st.server, step: st,
				}, nil
			}
			return nil, st.silence(timeout)
		}
	}
}

func (st *Step) silence(timeout time.Duration) error {
	var why []string
	for _, v := range st.server.Violations() {
		why = append(why, v.String())
	}
	if len(why) == 0 {
		return fmt.Errorf("%w to %s within %v", ErrNoReply, st.User, timeout)
	}
	return fmt.Errorf("%w to %s within %v; the bot broke rules: %s", ErrNoReply, st.User, timeout, strings.Join(why, "; "))
}

// Quiet waits for d and fails where a reply came that WaitReply has not returned.
func (st *Step) Quiet(d time.Duration) error {
	r, err := st.WaitReply(d)
	if err != nil {
		return nil //nolint:nilerr // no reply is what was hoped for
	}
	if r.Kind == KindAck {
		return nil
	}
	return fmt.Errorf("discordtest: expected no reply to %s, got a %s:\n%s", st.User, r.Kind, r.Render())
}

// Replies returns every reply so far, returned by WaitReply or not.
func (st *Step) Replies() []*Reply {
	st.mu.Lock()
	defer st.mu.Unlock()
	return append([]*Reply(nil), st.replies...)
}

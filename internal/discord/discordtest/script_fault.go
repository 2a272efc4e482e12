package discordtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// fault: fault KIND …; see the package doc.
func (c *conversation) fault(_ *testscript.TestScript, neg bool, args []string) error {
	if len(args) == 0 || neg {
		return errors.New("usage: fault KIND …")
	}
	s, kind, rest := c.server, args[0], args[1:]
	switch kind {
	case "reconnect":
		s.Reconnect()
	case "invalid-session":
		s.InvalidateSession(len(rest) == 1 && rest[0] == "resumable")
	case "zombie":
		s.Zombie()
	case "drop":
		s.Drop()
	case "again":
		if !s.Redeliver() {
			return errors.New("there is nothing to deliver again")
		}
	case "clear":
		s.ClearFaults()
	case "rest":
		return c.restFault(rest)
	case "malformed":
		return c.malformed(rest)
	case "heartbeat":
		d, err := time.ParseDuration(strings.Join(rest, " "))
		if err != nil {
			return err
		}
		s.SetHeartbeatInterval(d)
	case "twice":
		n, err := number(rest, 0, 1)
		if err != nil {
			return err
		}
		s.DeliverTwice(n)
	default:
		return c.numberedFault(kind, rest)
	}
	return nil
}

// numberedFault plays the faults that take a close code or an opcode.
func (c *conversation) numberedFault(kind string, args []string) error {
	n, err := number(args, 0, -1)
	if err != nil {
		return err
	}
	switch kind {
	case "close":
		c.server.CloseGateway(n)
	case "refuse":
		times, err := number(args, 1, 1)
		if err != nil {
			return err
		}
		c.server.RefuseIdentify(n, times)
	case "first-packet":
		stages := map[string]Stage{"hello": AtHello, "ready": AtReady}
		if len(args) < 2 {
			return errors.New("usage: fault first-packet OP hello|ready [TIMES]")
		}
		at, known := stages[args[1]]
		times, err := number(args, 2, 1)
		if err != nil || !known {
			return errors.New("usage: fault first-packet OP hello|ready [TIMES]")
		}
		c.server.FirstPacket(n, at, times)
	default:
		return fmt.Errorf("no fault %q", kind)
	}
	return nil
}

// number reads argument i, or gives the default where it is not there. A default below 0 means that it has to be.
func number(args []string, i, otherwise int) (int, error) {
	if i >= len(args) {
		if otherwise < 0 {
			return 0, errors.New("a number is missing, or there is no such fault")
		}
		return otherwise, nil
	}
	return strconv.Atoi(args[i])
}

// malformed sends one kind of malformed event, or all.
func (c *conversation) malformed(args []string) error {
	all := []Malformed{MessageUndecodable, MessageNoAuthor, InteractionEmpty, InteractionUndecodable}
	if len(args) == 1 {
		all = []Malformed{Malformed(args[0])}
	}
	for _, m := range all {
		if !c.server.SendMalformed(m) {
			return fmt.Errorf("%s: no such kind, or nobody is connected", m)
		}
	}
	return nil
}

// restFault reads: ROUTE KIND [times=N] [delay=D] [after=D] [applied]
func (c *conversation) restFault(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: fault rest ROUTE KIND [times=N] [delay=D] [after=D] [applied]")
	}
	f := RESTFault{Route: args[0], Kind: FaultKind(args[1])}
	for _, a := range args[2:] {
		key, value, _ := strings.Cut(a, "=")
		var err error
		switch key {
		case "times":
			f.Times, err = strconv.Atoi(value)
		case "delay":
			f.Delay, err = time.ParseDuration(value)
		case "after":
			f.RetryAfter, err = time.ParseDuration(value)
		case "applied":
			f.Applied = true
		default:
			err = fmt.Errorf("no setting %q", key)
		}
		if err != nil {
			return err
		}
	}
	return c.server.FailREST(f)
}

// Command pincite answers questions about legal and policy analyses with the
// passage that answers, word for word, and its pinpoint citation.
//
// Each command has a file of its own. run.go parses the arguments, settings.go
// is the table of all settings, session.go opens the desk that the commands
// ask, console.go writes for a terminal or a pipe, status.go chooses the exit
// status.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(exit(os.Stderr, run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)))
}

package discordtest_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes a bot for the scripts available as the command echobot.
func TestMain(m *testing.M) {
	testscript.Main(run{m}, map[string]func(){"echobot": echobot})
}

// run runs the tests and fails where a closed server has left goroutines behind.
type run struct{ m *testing.M }

func (r run) Run() int {
	status := r.m.Run()
	if left := leftovers(); status == 0 && left != "" {
		fmt.Fprintf(os.Stderr, "goroutines outlived their server:\n%s\n", left)
		return 1
	}
	return status
}

// leftovers returns the stacks that are still in the server's code, after giving them a moment to end.
func leftovers() string {
	var left []string
	for range 100 {
		buf := make([]byte, 1<<20)
		left = nil
		for stack := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
			if strings.Contains(stack, "discordtest.(*") && !strings.Contains(stack, "leftovers") {
				left = append(left, stack)
			}
		}
		if len(left) == 0 {
			return ""
		}
		time.Sleep(20 * time.Millisecond)
	}
	return strings.Join(left, "\n\n")
}

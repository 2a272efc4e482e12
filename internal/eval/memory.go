package eval

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

// Memory is what the process holds of the machine's memory, in bytes. Both are
// 0 where the system does not say.
type Memory struct {
	// Resident is the memory that is held now, mapped files included.
	Resident int64 `json:"resident"`
	// Peak is the most that was ever held.
	Peak int64 `json:"peak"`
}

// ReadMemory asks Linux, in /proc/self/status. On other systems it returns the
// zero Memory.
func ReadMemory() Memory {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return Memory{}
	}
	defer f.Close()
	var m Memory
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, rest, _ := strings.Cut(lines.Text(), ":")
		kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
		if err != nil {
			continue
		}
		switch name {
		case "VmRSS":
			m.Resident = kilobytes << 10
		case "VmHWM":
			m.Peak = kilobytes << 10
		}
	}
	return m
}

package cite

import (
	"fmt"
	"time"
)

// date is a day, a month or a year; zero where nothing is known. Month and
// day are 0 where the date is less precise.
type date struct {
	year  int
	month time.Month
	day   int
}

// parseDate reads the three precisions of document.Document.Date; anything
// else is no date.
func parseDate(s string) date {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		d := dateOf(t)
		switch layout {
		case "2006":
			d.month, d.day = 0, 0
		case "2006-01":
			d.day = 0
		}
		return d
	}
	return date{}
}

func dateOf(t time.Time) date {
	year, month, day := t.Date()
	return date{year: year, month: month, day: day}
}

func (d date) known() bool { return d.year != 0 }

// abbreviated prints "Mar. 17, 2024", "Mar. 2024" or "2024", with the months
// of The Bluebook's table T12.
func (d date) abbreviated() string {
	month := d.month.String()
	switch d.month {
	case time.May, time.June, time.July:
	case time.September:
		month = "Sept."
	default:
		month = month[:3] + "."
	}
	switch {
	case !d.known():
		return ""
	case d.month == 0:
		return fmt.Sprint(d.year)
	case d.day == 0:
		return fmt.Sprintf("%s %d", month, d.year)
	}
	return fmt.Sprintf("%s %d, %d", month, d.day, d.year)
}

// dayFirst prints "17 March 2024", "March 2024" or "2024".
func (d date) dayFirst() string {
	switch {
	case !d.known():
		return ""
	case d.month == 0:
		return fmt.Sprint(d.year)
	case d.day == 0:
		return fmt.Sprintf("%s %d", d.month, d.year)
	}
	return fmt.Sprintf("%d %s %d", d.day, d.month, d.year)
}

// yearFirst prints "2024, March 17", "2024, March" or "2024".
func (d date) yearFirst() string {
	switch {
	case !d.known():
		return ""
	case d.month == 0:
		return fmt.Sprint(d.year)
	case d.day == 0:
		return fmt.Sprintf("%d, %s", d.year, d.month)
	}
	return fmt.Sprintf("%d, %s %d", d.year, d.month, d.day)
}

// iso prints "2024-03-17", "2024-03" or "2024".
func (d date) iso() string {
	switch {
	case !d.known():
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

package index

// gramLength is the length of the runs of letters by which two stems are
// compared.
const gramLength = 3

// grams are the runs of letters of a stem, its beginning marked: words that
// begin alike are more often related than words that end alike. Letters beyond
// ASCII count by their bytes.
func grams(buf []uint32, stem string) []uint32 {
	prev := uint32('^')<<8 | uint32('^')
	for i := range len(stem) {
		prev = prev<<8&0xffffff | uint32(stem[i])
		if i >= gramLength-2 {
			buf = append(buf, prev)
		}
	}
	return buf
}

// similarity is the Dice coefficient of two stems' grams, from 0 to 1.
func similarity(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				common++
				break
			}
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

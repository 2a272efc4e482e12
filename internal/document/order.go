package document

// ReadingOrder lists the positions in d.Passages as somebody reads who follows
// every marker: each paragraph, and right after it the footnotes that it calls
// for the first time, with those that these call. Footnotes that nothing calls
// come last. It is the order in which a short form such as "id." refers back.
func (d *Document) ReadingOrder() []int {
	paragraphs := len(d.Paragraphs())
	order := make([]int, 0, len(d.Passages))
	read := make([]bool, len(d.Passages))
	// Notes that call notes may do so in a chain as long as the document.
	var stack []int
	visit := func(at int) {
		stack = append(stack[:0], at)
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if read[at] {
				continue
			}
			read[at] = true
			order = append(order, at)
			markers := d.Passages[at].Markers
			for i := len(markers) - 1; i >= 0; i-- {
				if note := paragraphs + markers[i].Note - 1; note >= paragraphs && note < len(d.Passages) {
					stack = append(stack, note)
				}
			}
		}
	}
	for at := range d.Passages {
		visit(at)
	}
	return order
}

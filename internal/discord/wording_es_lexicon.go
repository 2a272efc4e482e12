package discord

// spanishLexiconReason is the Spanish wording of what is wrong with an entry of
// a lexicon, by the format of the English one.
func spanishLexiconReason(format string) (string, bool) {
	wording, ok := spanishLexiconReasons()[format]
	return wording, ok
}

func spanishLexiconReasons() map[string]string {
	return map[string]string{
		"there are %d entries; a lexicon has at most %d":                                             "hay %d entradas; un léxico tiene %d como máximo",
		"there are too many words up to here; a lexicon pairs at most %d of the left with the right": "hay demasiadas palabras hasta aquí; un léxico une como máximo %d de la izquierda con la derecha",
		"this is not plain text; save the file as UTF-8":                                             "esto no es texto sencillo; guarde el archivo como UTF-8",
		"a section is [en] or [es]":                                                                  "una sección es [en] o [es]",
		"<=> is for [en]; in [%s] write =>":                                                          "<=> es para [en]; en [%s] escriba =>",
		"there is no => between everyday words and terms":                                            "falta => entre las palabras corrientes y los términos",
		"there is more than one =>; begin a new line for each entry":                                 "hay más de un =>; empiece una línea para cada entrada",
		"nothing stands before the arrow":                                                            "no hay nada delante de la flecha",
		"nothing stands behind the <=>":                                                              "no hay nada detrás de <=>",
		"an entry has at most %d words or phrases before the arrow and %d behind it":                 "una entrada tiene como máximo %d palabras o frases delante de la flecha y %d detrás",
		"a quotation mark is not closed":                                                             "unas comillas no se cierran",
		"quotation marks go around a whole word or phrase":                                           "las comillas encierran una palabra o frase entera",
		"nothing stands between two commas or quotation marks":                                       "no hay nada entre dos comas o comillas",
		"a weight stands behind a term on the right":                                                 "un peso va detrás de un término, a la derecha",
		"is %s a weight or part of the term? Write a weight with a decimal point (0.5, 1.0), else put quotation marks around the term": "¿%s es un peso o parte del término? Escriba el peso con punto decimal (0.5, 1.0); si no lo es, ponga el término entre comillas",
		"the weight %s is not a number with a decimal point above 0 and up to 1.0":                                                     "el peso %s no es un número con punto decimal, mayor que 0 y hasta 1.0",
		"a weight stands behind a term":                                                      "un peso va detrás de un término",
		"%q expands into nothing in one entry and into something in another":                 "%q no lleva a nada en una entrada y lleva a algo en otra",
		"the words on both sides are the same here: inflections count as one word":           "las palabras de los dos lados son las mismas: las formas de una palabra cuentan como una",
		"the term %q has no word that can be searched for":                                   "el término %q no tiene ninguna palabra que se pueda buscar",
		"the term %q has more than %d words":                                                 "el término %q tiene más de %d palabras",
		"%q has no letters or digits":                                                        "%q no tiene letras ni cifras",
		"%q has more than %d words":                                                          "%q tiene más de %d palabras",
		"%q is a function word, which is not searched for; write a phrase that it stands in": "%q es una palabra funcional, que no se busca; escriba una frase en la que esté",
	}
}

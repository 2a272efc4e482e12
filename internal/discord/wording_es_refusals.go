package discord

import "pincite/internal/fault"

// spanishRefusal is the Spanish wording of a refusal, by the format of the
// English one, see [fault.In]. It has those that a member can cause or meet; a
// fault that only the operator can mend stays in the language of the log. A
// verb %.0s drops what is an English phrase.
func spanishRefusal(format string) (string, bool) {
	wording, ok := spanishRefusals()[format]
	return wording, ok
}

func spanishRefusals() map[string]string {
	return map[string]string{
		fault.Unknown: "Algo ha fallado aquí; el registro del operador dice qué.",

		// Of what is asked.
		"The question has %d characters; ask it in at most %d.":                      "La pregunta tiene %d caracteres; hágala en %d como máximo.",
		"There is no question here; ask one in words, such as: Who may declare war?": "Aquí no hay ninguna pregunta; haga una con palabras, por ejemplo: ¿Quién puede declarar la guerra?",
		"That message has no text to ask about.":                                     "Ese mensaje no tiene texto por el que preguntar.",
		"The question is not in this message any more; ask again.":                   "La pregunta ya no está en este mensaje; hágala otra vez.",
		"%q is no law, treaty, case or order that this program can read; write it as it is cited, such as 50 U.S.C. § 3091, U.N. Charter art. 51 or Exec. Order No. 12333.": "%q no es una ley, un tratado, un caso o una orden que este programa sepa leer; escríbalo como se cita, por ejemplo 50 U.S.C. § 3091, U.N. Charter art. 51 o Exec. Order No. 12333.",
		"The search cannot be read: %s.":                                                                           "La búsqueda no se entiende: %s.",
		"More than %d words begin with %q; type more letters before the star.":                                     "Más de %d palabras empiezan por %q; escriba más letras antes del asterisco.",
		"Too many passages have these words; add a rarer word with a + before it.":                                 "Demasiados pasajes tienen estas palabras; añada una más rara con un + delante.",
		"This program does not know that button or command any more; ask again.":                                   "Este programa ya no conoce ese botón o esa orden; pregunte otra vez.",
		"This button is of another version of the program; ask again.":                                             "Este botón es de otra versión del programa; pregunte otra vez.",
		"There is no citation style %q; choose one of those that are suggested.":                                   "No hay un estilo de cita %q; elija uno de los que se sugieren.",
		"%q names no passage; write 8 or ¶ 8 for paragraph 8, n1 for footnote 1.":                                  "%q no nombra ningún pasaje; escriba 8 o ¶ 8 para el párrafo 8, n1 para la nota 1.",
		"%q names no passage; write DOCUMENT/p8 for paragraph 8, DOCUMENT/n1 for footnote 1.":                      "%q no nombra ningún pasaje; escriba DOCUMENTO/p8 para el párrafo 8, DOCUMENTO/n1 para la nota 1.",
		"%s has no %s: it has %d paragraphs and %d footnotes.":                                                     "%s no tiene %s: tiene %d párrafos y %d notas.",
		"The document %s has been removed since that message; nothing of it is here any more.":                     "El documento %s se ha quitado desde aquel mensaje; ya no queda nada de él aquí.",
		"%s has been replaced since that message, and the present version has no %s.":                              "%s se ha reemplazado desde aquel mensaje, y la versión actual no tiene %s.",
		"%s has been replaced since you were shown what would change; use the command again if you still want to.": "%s se ha reemplazado desde que se le mostró qué cambiaría; use otra vez la orden si todavía quiere.",
		"There is no document %q here. Is it %s?":                                                                  "Aquí no hay ningún documento %q. ¿Es %s?",
		"There is no document %q here; the list of documents shows their ids.":                                     "Aquí no hay ningún documento %q; la lista de documentos muestra sus ids.",
		"There is no document %q here.":                                                                            "Aquí no hay ningún documento %q.",
		"The document %q is no longer here.":                                                                       "El documento %q ya no está aquí.",
		"The document %q can no longer be read.":                                                                   "El documento %q ya no se puede leer.",
		"The stored copy of %q is damaged. Add the document again.":                                                "La copia guardada de %q está dañada. Añada otra vez el documento.",
		"Another change to these documents is still under way; nothing was changed. Try again in a moment.":        "Otro cambio en estos documentos está aún en curso; no se ha cambiado nada. Inténtelo enseguida otra vez.",
		"This took too long and was given up; nothing was changed. Try again.":                                     "Esto ha tardado demasiado y se ha abandonado; no se ha cambiado nada. Inténtelo otra vez.",

		// Of what is verified.
		"There is no word in that quotation.": "En esa cita no hay ninguna palabra.",
		"That quotation has too many ellipses and brackets to be checked at once: at most %d. Check a part of it.": "Esa cita tiene demasiados puntos suspensivos y corchetes para comprobarla de una vez: %d como máximo. Compruebe una parte.",
		"That quotation is too long to be checked at once: at most %d characters. Check a part of it.":             "Esa cita es demasiado larga para comprobarla de una vez: %d caracteres como máximo. Compruebe una parte.",
		"That quotation has no word that is not in every text; quote more of it.":                                  "Esa cita no tiene ninguna palabra que no esté en todos los textos; cite más de ella.",
		"That message has no quotation to check.":                                                                  "Ese mensaje no tiene ninguna cita que comprobar.",

		// Of who may do what, and where.
		"Documents belong to a server; use this in one.":                                                   "Los documentos son de un servidor; use esto en uno.",
		"This is for members who may manage the server.":                                                   "Esto es para los miembros que pueden gestionar el servidor.",
		"%s belongs to the base corpus, which every server has; it cannot be removed here.":                "%s es del corpus base, que tienen todos los servidores; aquí no se puede quitar.",
		"%s belongs to the base corpus, which every server has; it cannot be changed here.":                "%s es del corpus base, que tienen todos los servidores; aquí no se puede cambiar.",
		"%s belongs to the base corpus, which everyone shares; it cannot be removed here.":                 "%s es del corpus base, que todos comparten; aquí no se puede quitar.",
		"%s belongs to the base corpus, which everyone shares; it cannot be changed here.":                 "%s es del corpus base, que todos comparten; aquí no se puede cambiar.",
		"%s has been replaced since you were asked; remove it again if you still want to.":                 "%s se ha reemplazado desde que se le preguntó; quítelo otra vez si todavía quiere.",
		"There is nothing to undo: %s has no earlier version.":                                             "No hay nada que deshacer: %s no tiene una versión anterior.",
		"%s cannot be made what it was: that text is here as %s now.":                                      "%s no puede volver a ser lo que era: ese texto está ahora aquí como %s.",
		"There is room for %s here, and all of it is taken: remove one first.":                             "Aquí ya no caben más documentos: quite antes uno.%.0s",
		"With %q there would be %d passages here, and there is room for %d: remove a document first.":      "Con %q habría aquí %d pasajes, y caben %d: quite antes un documento.",
		"With %q the documents here and their earlier versions would take more than %s: remove one first.": "Con %q los documentos de aquí y sus versiones anteriores ocuparían más de %s: quite antes uno.",

		// Of a lexicon.
		"Give a file, or clear, one of them at a time.":                                "Dé un archivo o borre, una de las dos cosas cada vez.",
		"%s is larger than the %d bytes that a lexicon may have.":                      "%s es mayor de los %d bytes que puede tener un léxico.",
		"There is no entry in this lexicon; one looks like this: toll => harbour fee.": "En este léxico no hay ninguna entrada; son así: peaje => harbour fee.",
		"There is no lexicon of your own here; the built-in one is always used.":       "Aquí no hay un léxico propio; el incorporado se usa siempre.",
		"The stored lexicon is damaged; set it again.":                                 "El léxico guardado está dañado; póngalo otra vez.",
		"A lexicon has at most %d bytes; %s has %d.":                                   "Un léxico tiene %d bytes como máximo; %s tiene %d.",

		// Of a file that is attached.
		"Give a file or an address, one of them at a time.":                             "Dé un archivo o una dirección, uno de los dos cada vez.",
		"The file did not arrive; attach it again.":                                     "El archivo no ha llegado; adjúntelo otra vez.",
		"Attach the file to Discord: files from elsewhere are not fetched.":             "Adjunte el archivo en Discord: los de otros sitios no se descargan.",
		"Discord did not deliver the file; try again in a minute.":                      "Discord no ha entregado el archivo; inténtelo dentro de un minuto.",
		"The file is larger than %d KiB.":                                               "El archivo es mayor de %d KiB.",
		"That file is no longer on Discord; attach it again.":                           "Ese archivo ya no está en Discord; adjúntelo otra vez.",
		"Discord sent on to an address that is not its own; the file was not fetched.":  "Discord ha remitido a una dirección que no es suya; el archivo no se ha descargado.",
		"%s is larger than the %s MB that are read here.":                               "%s es mayor de los %s MB que se leen aquí.",
		"That message has no file and no text that could be added.":                     "Ese mensaje no tiene ni archivo ni texto que se pueda añadir.",
		"That message has %d files; add them one by one with /corpus add.":              "Ese mensaje tiene %d archivos; añádalos uno a uno con /corpus añadir.",
		"There is nothing to add: the document is empty.":                               "No hay nada que añadir: el documento está vacío.",
		"This document was not understood well enough to be quoted, and was not added.": "Este documento no se ha entendido lo bastante para citarlo, y no se ha añadido.",
		"This document is too large for a preview; %d MB is the most.":                  "Este documento es demasiado grande para una vista previa; el máximo son %d MB.",
		"This preview has expired; add the document again.":                             "Esta vista previa ha caducado; añada otra vez el documento.",
		"What was kept for this preview is damaged; add the document again.":            "Lo que se guardó para esta vista previa está dañado; añada otra vez el documento.",

		// Of a document that is read.
		"%s holds no text.":                                                                                   "%s no contiene texto.",
		"%s could not be brought into passages.":                                                              "%s no se ha podido dividir en pasajes.",
		"%s holds a passage (%s) of %s: part its paragraphs by blank lines.":                                  "%s contiene un pasaje (%s) demasiado largo:%.0s separe sus párrafos con líneas en blanco.",
		"%s holds more than %d passages: split it into parts.":                                                "%s contiene más de %d pasajes: divídalo en partes.",
		"%s holds more than %d lines: split it into parts.":                                                   "%s contiene más de %d líneas: divídalo en partes.",
		"%s is larger than the %s that a document may have: split it into parts.":                             "%s es mayor de los %s que puede tener un documento: divídalo en partes.",
		"%s cannot be read: something in it is damaged. Give it as plain text instead.":                       "%s no se puede leer: algo en él está dañado. Delo como texto sin formato.",
		"Reading %s was cancelled.":                                                                           "La lectura de %s se ha cancelado.",
		"Reading %s took too long and was stopped; try a smaller document.":                                   "La lectura de %s ha tardado demasiado y se ha detenido; pruebe con un documento menor.",
		"%s is %s, which is not read yet: give it as plain text or Markdown.":                                 "%s es de un formato que todavía no se lee:%.0s delo como texto sin formato o Markdown.",
		"%s is damaged: its bytes are not the Unicode that its first ones announce.":                          "%s está dañado: sus bytes no son el Unicode que anuncian los primeros.",
		"%s is not in the character set that is declared for it: save it as UTF-8.":                           "%s no está en el juego de caracteres que declara: guárdelo como UTF-8.",
		"%s is wrongly encoded: many of its characters were lost before it got here. Save it again as UTF-8.": "%s está mal codificado: muchos de sus caracteres se perdieron antes de llegar aquí. Guárdelo otra vez como UTF-8.",
		"%s is protected against copying: its text cannot be read.":                                           "%s está protegido contra la copia: su texto no se puede leer.",
		"%s is protected by a password: save it without one.":                                                 "%s está protegido con una contraseña: guárdelo sin ella.",
		"%s is protected by a password: save a copy without one and give that.":                               "%s está protegido con una contraseña: guarde una copia sin ella y dé esa.",
		"%s forbids that its text is copied: give a copy that allows it, or the text itself.":                 "%s prohíbe que se copie su texto: dé una copia que lo permita, o el texto mismo.",
		"%s is %s, but damaged or incomplete: save it again, or give it as plain text.":                       "%s está dañado o incompleto:%.0s guárdelo otra vez, o delo como texto sin formato.",
		"%s is a PDF, but damaged or incomplete: save it anew, or give it in another format.":                 "%s es un PDF, pero está dañado o incompleto: guárdelo otra vez, o delo en otro formato.",
		"%s has more than %d pages: split it into parts.":                                                     "%s tiene más de %d páginas: divídalo en partes.",
		"%s holds more text than one document may have: split it into parts.":                                 "%s contiene más texto del que puede tener un documento: divídalo en partes.",
		"%s takes too long to lay out and was stopped: split it into parts.":                                  "%s tarda demasiado en componerse y se ha detenido: divídalo en partes.",
		"%s holds pictures of pages and no text (a scan): run text recognition (OCR) on it first.":            "%s contiene imágenes de páginas y ningún texto (está escaneado): pásele antes un reconocimiento de texto (OCR).",
		"The text of %s cannot be read: its fonts do not say which letters they show.":                        "El texto de %s no se puede leer: sus tipos de letra no dicen qué letras muestran.",

		// Of an address that is fetched.
		"That is no web address: give one that begins with https://.":                                       "Eso no es una dirección web: dé una que empiece por https://.",
		"That is no web address: give one that begins with https:// or http://.":                            "Eso no es una dirección web: dé una que empiece por https:// o http://.",
		"That address is longer than %d characters: give a shorter one.":                                    "Esa dirección tiene más de %d caracteres: dé una más corta.",
		"Only addresses at ports 80 and 443 are fetched: save the page and give the file.":                  "Solo se leen direcciones en los puertos 80 y 443: guarde la página y dé el archivo.",
		"Addresses with a user name or password are not fetched: save the page and give the file.":          "No se leen direcciones con usuario o contraseña: guarde la página y dé el archivo.",
		"There is no site %s: check the address.":                                                           "No existe el sitio %s: compruebe la dirección.",
		"%s has no such page (%d): check the address.":                                                      "%s no tiene esa página (%d): compruebe la dirección.",
		"%s does not show that page to everyone (%d): save it and give the file.":                           "%s no muestra esa página a todos (%d): guárdela y dé el archivo.",
		"%s cannot send the page now (%d): try again later.":                                                "%s no puede enviar la página ahora (%d): inténtelo más tarde.",
		"%s did not send the page (%d): save it and give the file.":                                         "%s no ha enviado la página (%d): guárdela y dé el archivo.",
		"%s leads to a port other than 80 and 443, which is not fetched: save the page and give the file.":  "%s lleva a un puerto que no es 80 ni 443 y no se lee: guarde la página y dé el archivo.",
		"%s leads to an address that is not public, which is not fetched: save the page and give the file.": "%s lleva a una dirección que no es pública y no se lee: guarde la página y dé el archivo.",
		"%s redirects more than %d times: give the address where the page is in the end.":                   "%s redirige más de %d veces: dé la dirección donde la página está al final.",
		"%s redirects to what is no web page: give another address, or the file.":                           "%s redirige a lo que no es una página web: dé otra dirección, o el archivo.",
		"%s could not be looked up: try again later.":                                                       "%s no se ha podido localizar: inténtelo más tarde.",
		"%s has no valid certificate: save the page and give the file.":                                     "%s no tiene un certificado válido: guarde la página y dé el archivo.",
		"%s does not answer as a web site does: check the address.":                                         "%s no responde como un sitio web: compruebe la dirección.",
		"%s took too long to send the page: try again later, or give the file.":                             "%s ha tardado demasiado en enviar la página: inténtelo más tarde, o dé el archivo.",
		"%s cannot be reached: try again later.":                                                            "No se llega a %s: inténtelo más tarde.",
		"%s ended the page before it was complete: try again, or give the file.":                            "%s ha cortado la página antes del final: inténtelo otra vez, o dé el archivo.",
		"The page could not be fetched from %s: save it and give the file.":                                 "La página no se ha podido leer de %s: guárdela y dé el archivo.",
	}
}

package discord

import (
	"github.com/bwmarrin/discordgo"
)

// commandText is what Discord shows of a command, an option or a choice. Names
// have 1 to 32 characters, lower case but for message commands and choices;
// descriptions up to 100.
type commandText struct {
	Description string
	// Name and About are the Spanish name and description.
	Name, About string
}

// commandTexts are the texts of commands, by the path of English names.
func commandTexts() map[string]commandText {
	return map[string]commandText{
		"ask":          {"Ask the documents here a question", "preguntar", "Hacer una pregunta a los documentos de aquí"},
		"ask question": {"What you want to know, in your own words", "pregunta", "Lo que quiere saber, con sus palabras"},
		"ask document": {"Look in this document only", "documento", "Buscar solo en este documento"},
		"ask private":  {"Show the answer to you alone", "privado", "Mostrar la respuesta solo a usted"},

		"search":                {"Find passages by keywords", "buscar", "Hallar pasajes por palabras"},
		"search keywords":       {`Words, "a phrase", +must, -not, begin*, this OR that`, "palabras", `Palabras, "una frase", +debe, -no, empiez*, esto OR aquello`},
		"search document":       {"Look in this document only", "documento", "Buscar solo en este documento"},
		"search kind":           {"Only paragraphs, or only footnotes", "tipo", "Solo párrafos, o solo notas"},
		"search kind paragraph": {"", "párrafo", ""},
		"search kind note":      {"", "nota", ""},
		"search private":        {"Show the results to you alone", "privado", "Mostrar los resultados solo a usted"},

		"read":          {"Read a passage with its footnotes", "leer", "Leer un pasaje con sus notas"},
		"read document": {"The document", "documento", "El documento"},
		"read passage":  {"8 or ¶ 8 for paragraph 8, n1 for footnote 1; left out: the beginning", "pasaje", "8 o ¶ 8: el párrafo 8; n1: la nota 1; sin nada: el principio"},

		"cite":                {"The citation of a passage, ready to copy", "citar", "La cita de un pasaje, lista para copiar"},
		"cite passage":        {"Its document and number, such as analysis/p8; or words that it holds", "pasaje", "Su documento y número, como analisis/p8; o palabras que contiene"},
		"cite style":          {"Left out: every style, and the records for reference managers", "estilo", "Sin nada: todos los estilos y los registros para gestores de referencias"},
		"cite style Plain":    {"", "Sencillo", ""},
		"cite style Bluebook": {"", "Bluebook", ""},
		"cite style OSCOLA":   {"", "OSCOLA", ""},
		"cite style APA":      {"", "APA", ""},
		"cite style CSL-JSON": {"", "CSL-JSON", ""},
		"cite style BibTeX":   {"", "BibTeX", ""},
		"cite style RIS":      {"", "RIS", ""},

		"verify":         {"Is a quotation in the documents, word for word?", "verificar", "¿Está una cita textual en los documentos, palabra por palabra?"},
		"verify quote":   {"The quotation, with ... for words left out and [ ] for your own; or a receipt", "cita", "La cita, con ... por lo omitido y [ ] por palabras propias; o un comprobante"},
		"verify private": {"Show the result to you alone", "privado", "Mostrar el resultado solo a usted"},

		"authorities":          {"The laws, treaties, cases and orders that the documents name", "autoridades", "Las leyes, los tratados, casos y órdenes que nombran los documentos"},
		"authorities document": {"Of this document only", "documento", "Solo de este documento"},
		"authorities private":  {"Show them to you alone", "privado", "Mostrarlas solo a usted"},
		"citing":               {"The passages that name a law, treaty, case or order", "citan", "Los pasajes que nombran una ley, un tratado, un caso o una orden"},
		"citing authority":     {"In any spelling, such as 50 U.S.C. § 3091", "autoridad", "Escrita de cualquier manera, como 50 U.S.C. § 3091"},
		"citing private":       {"Show them to you alone", "privado", "Mostrarlos solo a usted"},

		"corpus":                 {"The documents of this server", "corpus", "Los documentos de este servidor"},
		"corpus add":             {"Add a document; you see what was understood before it counts", "añadir", "Añadir un documento; antes verá lo que se ha entendido"},
		"corpus add file":        {"Text, Markdown, HTML, DOCX, ODT, EPUB or PDF; left out: a form to paste into", "archivo", "Texto, Markdown, HTML, DOCX, ODT, EPUB o PDF; sin nada: un formulario para pegarlo"},
		"corpus add url":         {"Address of a web page or file, with https:// or http://", "enlace", "Dirección de una página o un archivo, con https:// o http://"},
		"corpus add title":       {"Its title; left out: the one in the text", "título", "Su título; sin nada: el que tiene el texto"},
		"corpus list":            {"List the documents that this server sees", "lista", "Enumerar los documentos que ve este servidor"},
		"corpus show":            {"What is known of a document", "ver", "Lo que se sabe de un documento"},
		"corpus show document":   {"The document", "documento", "El documento"},
		"corpus remove":          {"Remove a document of this server; you are asked first", "quitar", "Quitar un documento de este servidor; antes se le pregunta"},
		"corpus remove document": {"The document", "documento", "El documento"},

		"corpus replace":          {"Replace a document of this server; you see first what changes", "reemplazar", "Reemplazar un documento de este servidor; antes verá qué cambia"},
		"corpus replace document": {"The document", "documento", "El documento"},
		"corpus replace file":     {"Its new text; left out: a form to paste into", "archivo", "Su texto nuevo; sin nada: un formulario para pegarlo"},
		"corpus replace url":      {"Address of a web page or file with its new text", "enlace", "Dirección de una página o un archivo con su texto nuevo"},
		"corpus replace title":    {"Its title; left out: the one in the text", "título", "Su título; sin nada: el que tiene el texto"},
		"corpus history":          {"Who added which version of a document, and what it changed", "historial", "Quién añadió cada versión de un documento y qué cambió"},
		"corpus history document": {"The document", "documento", "El documento"},
		"corpus undo":             {"Make a document what it was before the last change; you are asked first", "deshacer", "Deshacer el último cambio de un documento; antes se le pregunta"},
		"corpus undo document":    {"The document", "documento", "El documento"},
		"corpus export":           {"Get the documents of this server in one archive", "exportar", "Obtener los documentos de este servidor en un archivo"},

		"corpus lexicon":       {"The words of your own that questions here are expanded with", "léxico", "Las palabras propias con las que se amplían aquí las preguntas"},
		"corpus lexicon file":  {"A plain text, one entry a line: barge => vessel; left out: get the present one", "archivo", "Texto sencillo, una entrada por línea: gabarra => vessel; sin nada: recibir el actual"},
		"corpus lexicon clear": {"Do without a lexicon of your own", "borrar", "Prescindir de un léxico propio"},

		"help":    {"What this bot does, and how to ask it", "ayuda", "Qué hace este bot y cómo preguntarle"},
		"privacy": {"What this bot reads, keeps and deletes", "privacidad", "Qué lee, guarda y borra este bot"},

		"Verify quote":                   {"", "Verificar cita", ""},
		"Ask about this":                 {"", "Preguntar sobre esto", ""},
		"Add to this server's documents": {"", "Añadir a los documentos", ""},
	}
}

// localise fills in the texts of a command and of all below it. A path without
// a text is left as it is.
func localise(c *discordgo.ApplicationCommand) {
	texts := commandTexts()
	if t, ok := texts[c.Name]; ok {
		names := inSpanish(t.Name)
		c.NameLocalizations = &names
		if t.Description != "" {
			about := inSpanish(t.About)
			c.Description, c.DescriptionLocalizations = t.Description, &about
		}
	}
	localiseOptions(texts, c.Name, c.Options)
}

func localiseOptions(texts map[string]commandText, path string, options []*discordgo.ApplicationCommandOption) {
	for _, o := range options {
		below := path + " " + o.Name
		if t, ok := texts[below]; ok {
			o.Description = t.Description
			o.NameLocalizations, o.DescriptionLocalizations = inSpanish(t.Name), inSpanish(t.About)
		}
		for _, choice := range o.Choices {
			if t, ok := texts[below+" "+choice.Name]; ok {
				choice.NameLocalizations = inSpanish(t.Name)
			}
		}
		localiseOptions(texts, below, o.Options)
	}
}

// inSpanish is a text for both of Discord's Spanish locales.
func inSpanish(text string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.SpanishES: text, discordgo.SpanishLATAM: text}
}

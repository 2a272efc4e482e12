package discord

func spanishWording() *wording {
	return &wording{
		Related:    "Estos pasajes tratan de esto; puede que no lo respondan.",
		None:       "**Los documentos de aquí no responden a esto.**",
		Missing:    "Ningún documento de aquí menciona %s.",
		MissingToo: "Nunca mencionan %s.",
		Nearest:    "Estos son los pasajes más cercanos. **No responden a la pregunta.**",
		NoMore:     "No hay más pasajes.",
		Mended:     "Se muestran resultados de «%s» en lugar de «%s».",

		Greeting:  "Hola. Haga una pregunta sobre los documentos de aquí, por ejemplo: ¿Quién puede declarar la guerra?",
		Thanks:    "De nada.",
		Farewell:  "Hasta luego.",
		AboutBot:  "Esto es un programa. Responde a preguntas sobre los documentos de aquí con el pasaje que lo dice, palabra por palabra; /ayuda dice cómo.",
		SmallTalk: "Eso queda fuera de este bot: conoce los documentos de aquí y nada más. Pregunte por ellos, por ejemplo: ¿Quién puede declarar la guerra?",
		Complaint: "Siento que no haya servido. Quizá se halle con otras palabras, sobre todo los nombres y términos que usan los documentos; /buscar los busca uno por uno.",
		Gibberish: "Eso no se puede leer como pregunta. Haga una con palabras, por ejemplo: ¿Quién puede declarar la guerra?",

		After:       "Después de: %s",
		FullAsked:   "La pregunta completa",
		And:         "y",
		OthersToo:   "%d más",
		NotesNot:    "Notas que no caben aquí: %s.",
		CalledIn:    "Llamada en %s:",
		NotCalled:   "Ningún párrafo llama a esta nota.",
		LinkPassage: "Abrir en el pasaje",
		LinkSource:  "Abrir la fuente",

		ButtonContext:   "En contexto",
		ButtonContextOf: "%s en contexto",
		ButtonCite:      "Citar",
		ButtonMore:      "Más",
		ButtonBack:      "Volver",
		ButtonNearest:   "Pasajes más cercanos",
		ButtonPrevious:  "Anterior",
		ButtonNext:      "Siguiente",
		ButtonRead:      "Leer",
		ButtonAdd:       "Añadir",
		ButtonCancel:    "Cancelar",
		ButtonFixTitle:  "Corregir el título",
		ButtonRemove:    "Quitar",
		ButtonKeep:      "Conservar",
		ButtonReplace:   "Reemplazar",
		ButtonUndo:      "Deshacer",

		Matches:     plural{"%d pasaje coincide", "%d pasajes coinciden"},
		MatchesPart: "%s; estos son del %d al %d.",
		NoMatch:     "Ningún pasaje coincide. Pruebe con menos palabras, o `empiez*` para todas las que empiezan así.",
		MatchesPast: "%s; no queda ninguno después del %d.",

		Section:  "En la sección %s",
		Replaced: "Este documento se ha reemplazado desde aquel mensaje; este es su texto actual.",

		Authorities:      "Autoridades: %s",
		AuthoritiesTitle: "Autoridades",
		AuthoritiesIn:    "Autoridades en %s",
		AuthoritiesCount: plural{"%d autoridad.", "%d autoridades."},
		AuthoritiesPart:  "%s Filas %d a %d de %d.",
		AuthoritiesNext:  "/citan muestra los pasajes que nombran una.",
		AuthoritiesNone:  "Aquí no se nombra ninguna ley, tratado, caso u orden.",
		AuthorityOpen:    "Abrir el texto",
		Names:            plural{"%d pasaje la nombra", "%d pasajes la nombran"},
		NamesNone:        "Ningún pasaje de aquí la nombra. /autoridades enumera lo que se nombra.",
		NamedAs:          "Como %s:",
		KindUnresolved:   "Se nombra sin decir de qué",

		KindConstitution:   "Constitución",
		KindStatute:        "Leyes",
		KindRegulation:     "Reglamentos",
		KindExecutiveOrder: "Órdenes ejecutivas",
		KindBill:           "Proyectos de ley",
		KindReport:         "Informes del Congreso",
		KindCase:           "Casos",
		KindTreaty:         "Tratados",
		KindResolution:     "Resoluciones",
		KindInternational:  "Sentencias internacionales",
		KindUnitedNations:  "Documentos de las Naciones Unidas",

		CiteText:    "Cita textual",
		CiteRecords: "Para gestores de referencias",
		CitePlain:   "Sencillo",
		CiteLeftOut: "Demasiado largo para mostrarlo aquí: %s.",
		CiteReceipt: "Comprobante, que /verificar demuestra",

		ReceiptHolds:      "**El comprobante es válido.** Lo citado está en negrita:",
		ReceiptReplaced:   "El documento se ha reemplazado desde entonces; este es el texto tal como era.",
		ReceiptNoDocument: "**El comprobante no es válido.** Aquí no hay ningún documento `%s`.",
		ReceiptNoVersion:  "**El comprobante no es válido.** Aquí no se guarda ninguna versión `%s` de ese documento.",
		ReceiptNoPassage:  "**El comprobante no es válido.** Esa versión no tiene `%s`.",
		ReceiptNoRange:    "**El comprobante no es válido.** Su intervalo no es del texto de `%s`.",
		ReceiptOtherText:  "**El comprobante no es válido.** Su intervalo de `%s` tiene otro texto que aquel para el que se hizo.",

		Snippet:         "«%s»",
		VerifyExact:     "**Palabra por palabra.** Está aquí:",
		VerifyAltered:   "**No es palabra por palabra.** Este es el pasaje más cercano; lo que difiere está en negrita.",
		VerifyNear:      "**No es palabra por palabra.** Este es el pasaje más cercano; lo que tiene de ella está en negrita.",
		VerifyJoined:    "**No es palabra por palabra.** Se ha unido de dos pasajes; lo que tienen de ella está en negrita.",
		VerifyAbsent:    "**No está en los documentos de aquí.** Ningún pasaje la tiene y ninguno se le acerca.",
		VerifyChecked:   "Se ha comprobado: %s",
		VerifyVersion:   "Versión %d, %s, `%s`.",
		VerifyBase:      "El texto que vino con el bot, `%s`.",
		VerifyAlso:      "También en %s.",
		VerifyAlsoMore:  "También en %s y otros.",
		VerifyLeft:      plural{"%d cita del mensaje no se ha comprobado.", "%d citas del mensaje no se han comprobado."},
		DiffElided:      "Puntos suspensivos: se omite %s.",
		DiffEllipsis:    "Puntos suspensivos: no omiten nada entre las palabras citadas.",
		DiffBracket:     "Corchetes: %s es de quien cita.",
		DiffBracketFor:  "Corchetes: %s, donde el pasaje dice %s.",
		DiffMarker:      "Llamada de nota: se omite %s.",
		DiffClosing:     "Final: el signo %s no es del pasaje.",
		DiffReference:   "Se ha tomado por una referencia y no se ha comprobado: %s.",
		DiffJoined:      "Unido: %s es de %s.",
		DiffChanged:     "%s: %s, donde el pasaje dice %s.",
		DiffAdded:       "%s: %s no está en el pasaje.",
		DiffOmitted:     "%s: se omite %s del pasaje.",
		DiffNumber:      "Número",
		DiffNegation:    "Negación",
		DiffName:        "Nombre",
		DiffCase:        "Mayúsculas",
		DiffPunctuation: "Puntuación",
		DiffWord:        "Palabras",

		PreviewTitle: "Para añadir: %s",
		PreviewRead:  "Leído como %s: %s. Su id será `%s`. Todavía no se ha añadido nada.",
		PreviewFirst: "Empieza así, %s:",
		PreviewLast:  "Termina así, %s:",
		PreviewNote:  "Su primera nota, %s:",
		WillReplace:  "Reemplazará la versión que se añadió el %s.",
		Doubts:       plural{"%d cosa que comprobar antes:", "%d cosas que comprobar antes:"},
		DoubtsNot:    plural{"y %d más.", "y %d más."},
		Authors:      "De %s",
		Date:         "Fecha: %s",
		Site:         "Publicado por %s",
		Source:       "Fuente: %s",
		Language:     "Idioma: %s",
		Paragraphs:   plural{"%d párrafo", "%d párrafos"},
		Footnotes:    plural{"%d nota", "%d notas"},
		Added:        "**%s** queda añadido como `%s`.",
		AddedNext:    "Pregunte por él mencionando a este bot, o con /preguntar.",
		ReplacedNow:  "**%s** queda añadido como `%s` y reemplaza la versión anterior.",
		Reread:       "**%s** ya estaba como `%s`; se ha leído de nuevo y se guarda la nueva lectura.",
		Unchanged:    "El mismo archivo ya está, como **%s** con el id `%s`. No se ha cambiado nada.",
		Cancelled:    "No se ha añadido nada.",
		FixTitle:     "Corregir el título",
		Fetching:     "Descargando el documento.",
		Reading:      "Leyendo el documento.",
		Indexing:     "Indexando el documento.",
		PasteTitle:   "Añadir un documento",
		PasteText:    "Texto o Markdown",
		PasteHint:    "Una línea en blanco entre párrafos; notas como [1] en el texto y debajo de él.",
		PasteName:    "Título",

		ListTitle:    "Documentos",
		ListEmpty:    "Aquí no hay documentos. Un moderador los añade con /corpus añadir.",
		ListCount:    plural{"%d documento", "%d documentos"},
		ListPart:     "%s; estos son del %d al %d.",
		OfBase:       "en todos los servidores",
		OfServer:     "de este servidor",
		AddedOn:      "añadido el %s",
		VersionOf:    "versión %d",
		RemoveAsk:    "¿Quitar **%s** (`%s`) de este servidor, con todas sus versiones? No se puede deshacer.",
		Removed:      "**%s** (`%s`) queda quitado.",
		Kept:         "No se ha quitado nada.",
		SectionsHead: "Secciones:",

		ReplaceTitle:    "Para reemplazar: %s",
		ReplaceForm:     "Reemplazar un documento",
		ReplaceRead:     "El texto nuevo, leído como %s: %s. Todavía no se ha reemplazado nada.",
		ReplaceOf:       "Ocupa el lugar de `%s`, versión %d, %s, que se conserva.",
		ReplaceRenames:  "Su título será %s.",
		AddedBy:         "por %s",
		ChangesNone:     "No cambia ningún pasaje.",
		ChangesAdded:    "**Añadido:** %s",
		ChangesRemoved:  "**Quitado:** %s",
		ChangesAltered:  "**Modificado:** %s",
		PlaceWas:        "%s (era %s)",
		ChangeAdded:     "%s, añadido:",
		ChangeRemoved:   "%s, quitado:",
		ChangeBefore:    "%s, antes:",
		ChangeAfter:     "%s, después:",
		ChangesUnquoted: plural{"%d cambio no se cita aquí.", "%d cambios no se citan aquí."},
		Versions:        plural{"%d versión", "%d versiones"},
		PageOf:          "%s; página %d de %d",
		HistoryBase:     "Vino con el bot; no tiene versiones anteriores.",
		HistoryFirst:    "La primera versión que se conserva.",
		HistorySame:     "No cambió ningún pasaje.",
		HistoryUnknown:  "No se sabe qué cambió: una copia guardada está dañada.",
		UndoAsk:         "¿Deshacer el último cambio de **%s** (`%s`)?",
		UndoTo:          "Vuelve a ser lo que era en la versión %d, %s. La versión %d se conserva.",
		Undone:          "**%s** (`%s`) vuelve a ser lo que era en la versión %d, como versión %d.",
		Left:            "No se ha cambiado nada.",
		Exported:        "%s de este servidor en un solo archivo: lo que se añadió, tal como llegó, y como JSON lo que se leyó de ello. `pincite add` lo vuelve a leer. No contiene las versiones anteriores.",
		ExportLarge:     "El archivo pasa de los %s que Discord admite aquí. Quien lleva este bot puede hacerlo con `pincite export --server %s ARCHIVO`.",
		ReplacedThen:    "Este documento se ha reemplazado desde aquel mensaje. Este es el texto tal como era entonces.",
		BecameSame:      "La versión actual lo tiene sin cambios.",
		BecameMoved:     "Se ha movido: la versión actual lo tiene sin cambios como %s.",
		BecameAltered:   "Se ha modificado: la versión actual lo tiene como %s.",
		BecameGone:      "La versión actual no lo tiene.",
		Outdated:        "Reemplazado o quitado desde aquel mensaje: %s.",

		SlowDown: plural{"Demasiado rápido. Pregunte otra vez dentro de %d segundo.", "Demasiado rápido. Pregunte otra vez dentro de %d segundos."},
		Busy:     "Aquí se pregunta demasiado a la vez. Pregunte otra vez dentro de un minuto.",

		HelpTitle: "Qué hace este bot",
		Help: `Responde a preguntas sobre los documentos de este servidor con el pasaje que responde, palabra por palabra, y su cita. Lo que está detrás de una barra es textual; en **negrita** está lo que responde. Donde los documentos no responden, lo dice.

**Preguntar**
Mencione al bot con una pregunta, escríbale directamente o use /preguntar. Conteste a una respuesta con una mención para seguir preguntando. Para preguntar por un mensaje: Aplicaciones, *Preguntar sobre esto*.
**En contexto** muestra lo que rodea al pasaje, **Citar** su cita en todos los estilos, **Más** otros pasajes.

**Buscar**
/buscar halla pasajes por palabras: ` + "`+debe` `-no` `\"una frase\"` `empiez*` `esto OR aquello` `kind:note` `cites:\"50 U.S.C. § 3091\"`" + `.

**Verificar**
/verificar dice si una cita está en los documentos, palabra por palabra, y si no, qué difiere; también demuestra el comprobante que da **Citar**. Para comprobar lo que cita un mensaje: Aplicaciones, *Verificar cita*.

**Autoridades**
/autoridades enumera las leyes, los tratados, casos y órdenes que nombran los documentos, cada uno con los pasajes que lo nombran; /citan muestra los pasajes que nombran uno, escrito de cualquier manera.

**Leer**
/leer muestra un pasaje con sus notas, por número: ` + "`p8`" + ` es el párrafo 8, ` + "`n1`" + ` la nota 1. /citar da la cita de un pasaje en cualquier estilo, y los registros para gestores de referencias, listos para copiar.

**Documentos**
/corpus lista muestra lo que hay. Quienes pueden gestionar el servidor añaden documentos con /corpus añadir, o desde un mensaje con Aplicaciones, *Añadir a los documentos*, y los quitan con /corpus quitar. /corpus reemplazar muestra qué cambia un texto nuevo, /corpus historial quién cambió qué; /corpus deshacer retira el último cambio, /corpus exportar los entrega todos en un archivo.

El bot cuenta los párrafos desde 1, sin los títulos. Cita textos y no da consejo jurídico.`,
		PrivacyTitle: "Privacidad",
		Privacy: `**Las preguntas** se responden en la máquina que ejecuta el bot y no van a ningún otro servicio. No se guardan ni se registran; están solo en los mensajes de Discord, donde el bot vuelve a leerlas cuando se pulsa un botón. Los números de los mensajes atendidos se conservan en memoria 15 minutos, para no responder dos veces.

**Qué se lee:** órdenes, mensajes directos al bot y mensajes que lo mencionan, le contestan o se le entregan con una orden de Aplicaciones. Ningún otro. Una dirección que se da a /corpus añadir se descarga de su sitio.

**Los documentos** que añade un servidor se guardan con el archivo original, el día y el id de Discord del miembro que los añadió. Lo que se ha visto antes de añadir y no se ha añadido se borra al cabo de una semana, más o menos, o en el acto con Cancelar. Solo ese servidor puede buscarlos. Cuando se reemplaza uno, sus versiones anteriores se conservan y se muestran a los miembros bajo las respuestas que las citaron. /corpus quitar borra un documento con todas sus versiones; cuando el bot deja un servidor, se borran todos los documentos de ese servidor.

Para lo demás, pregunte a quien lleva este bot.`,
	}
}

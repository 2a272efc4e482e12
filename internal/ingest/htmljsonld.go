package ingest

import (
	"encoding/json"
	"strings"
)

// linkedData is what the structured data of a page says about its article.
type linkedData struct {
	headline, published, publisher, language, url string
	authors                                       []string
}

// maxLinked bounds how deep structured data is searched for an article.
const maxLinked = 6

// readLinkedData reads the first article that the structured data describes.
// What is no JSON is passed over: pages carry it broken.
func readLinkedData(blocks [][]byte) linkedData {
	named := map[string]any{} // by "@id"
	var articles []map[string]any
	for _, b := range blocks {
		s := strings.TrimSpace(string(b))
		s = strings.TrimSuffix(strings.TrimPrefix(s, "<![CDATA["), "]]>")
		var v any
		if json.Unmarshal([]byte(s), &v) == nil {
			articles = findArticles(v, named, articles, 0)
		}
	}
	if len(articles) == 0 {
		return linkedData{}
	}
	a := articles[0]
	d := linkedData{
		headline:  oneLine(firstOf(stringOf(a["headline"]), stringOf(a["name"]))),
		published: oneLine(stringOf(a["datePublished"])),
		language:  stringOf(a["inLanguage"]),
		url:       firstOf(stringOf(a["url"]), stringOf(a["mainEntityOfPage"])),
	}
	for _, p := range namesOf(a["publisher"], named) {
		d.publisher = p
		break
	}
	d.authors = namesOf(a["author"], named)
	return d
}

// findArticles appends the articles in a value, and notes what has a name
// and an id.
func findArticles(v any, named map[string]any, articles []map[string]any, depth int) []map[string]any {
	if depth > maxLinked || len(articles) > 8 {
		return articles
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			articles = findArticles(e, named, articles, depth+1)
		}
	case map[string]any:
		if id := stringOf(v["@id"]); id != "" && stringOf(v["name"]) != "" {
			named[id] = v
		}
		if isArticle(v["@type"]) {
			articles = append(articles, v)
		}
		articles = findArticles(v["@graph"], named, articles, depth+1)
		articles = findArticles(v["mainEntity"], named, articles, depth+1)
	}
	return articles
}

// isArticle reports the types of schema.org that are texts.
func isArticle(v any) bool {
	switch v := v.(type) {
	case string:
		v = v[strings.LastIndexByte(v, '/')+1:]
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "Posting") || v == "Report" || v == "CreativeWork" || v == "Legislation" || v == "Chapter"
	case []any:
		for _, e := range v {
			if _, nested := e.([]any); !nested && isArticle(e) {
				return true
			}
		}
	}
	return false
}

// stringOf is a value that is a string, or that of an object's value or id.
func stringOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for _, key := range []string{"@value", "@id"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return ""
}

// namesOf lists the names of persons or organisations: given as strings, as
// objects, or by their ids.
func namesOf(v any, named map[string]any) []string {
	var names []string
	add := func(s string) { names = append(names, authorNames(oneLine(s))...) }
	switch v := v.(type) {
	case string:
		add(v)
	case map[string]any:
		if stringOf(v["name"]) == "" {
			if other, ok := named[stringOf(v["@id"])].(map[string]any); ok {
				v = other
			}
		}
		if name, ok := v["name"].([]any); ok {
			return namesOf(name, named)
		}
		add(stringOf(v["name"]))
	case []any:
		for _, e := range v {
			if len(names) >= maxMeta {
				break
			}
			if _, nested := e.([]any); !nested {
				names = append(names, namesOf(e, named)...)
			}
		}
	}
	return names
}

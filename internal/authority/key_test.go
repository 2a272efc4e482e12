package authority_test

import (
	"testing"

	"pincite/internal/authority"
)

// TestURL links by the table of publishers, and not beyond what they have.
func TestURL(t *testing.T) {
	for _, c := range []struct{ key, url string }{
		{"usc/50/3091", "https://www.govinfo.gov/link/uscode/50/3091"},
		{"usc/42/2000e-5", "https://www.govinfo.gov/link/uscode/42/2000e-5"},
		{"usc/18/2339b", "https://www.govinfo.gov/link/uscode/18/2339B"},
		{"usc/18/2332a", "https://www.govinfo.gov/link/uscode/18/2332a"},
		{"usc/50/1541-1548", ""},
		{"usc/50-app/595", ""},
		{"stat/61/495", "https://www.govinfo.gov/link/statute/61/495"},
		{"stat/132/1", "https://www.govinfo.gov/link/statute/132/1"},
		{"stat/133/1198", ""},
		{"publ/107/40", "https://www.govinfo.gov/link/plaw/107/public/40"},
		{"publ/104/1", "https://www.govinfo.gov/link/plaw/104/public/1"},
		{"publ/103/3", ""},
		{"publ/120/1", ""},
		{"publ/80/253", "https://www.govinfo.gov/link/statute/61/495"},
		{"privl/107/1", ""},
		{"cfr/10/810.2", "https://www.ecfr.gov/current/title-10/section-810.2"},
		{"cfr/14/25", "https://www.ecfr.gov/current/title-14/part-25"},
		{"cfr/17/240.10b-5", "https://www.ecfr.gov/current/title-17/section-240.10b-5"},
		{"cfr/26/1.1031(a)-1", "https://www.ecfr.gov/current/title-26/section-1.1031(a)-1"},
		{"cfr/10/205.192a", ""},
		{"cfr/22/120-130", ""},
		{"cfr/3/200", ""},
		{"fr/90/8439", "https://www.federalregister.gov/citation/90-FR-8439"},
		{"eo/14157", "https://www.federalregister.gov/executive-order/14157"},
		{"eo/7532", "https://www.federalregister.gov/executive-order/7532"},
		{"eo/7531", ""},
		{"const/article-2", "https://constitution.congress.gov/constitution/article-2/"},
		{"const/article-2/section-2", "https://constitution.congress.gov/constitution/article-2/"},
		{"const/amendment-4", "https://constitution.congress.gov/constitution/amendment-4/"},
		{"un-charter/2(4)", "https://www.un.org/en/about-us/un-charter/chapter-1"},
		{"un-charter/51", "https://www.un.org/en/about-us/un-charter/chapter-7"},
		{"un-charter/52", "https://www.un.org/en/about-us/un-charter/chapter-8"},
		{"un-charter/111", "https://www.un.org/en/about-us/un-charter/chapter-19"},
		{"un-charter/112", ""},
		{"un-charter/39-51", "https://www.un.org/en/about-us/un-charter/chapter-7"},
		{"un-charter/39-52", ""},
		{"case/us/343/579", "https://www.courtlistener.com/c/U.S./343/579/"},
		{"case/fsupp2d/727/1", "https://www.courtlistener.com/c/F.%20Supp.%202d/727/1/"},
		{"case/led2d/201/775", ""},
		{"bill/118/s/2226", ""},
		{"unsc/1373", ""},
		{"undoc/S/2021/202", ""},
		{"treaty/unts/1155/331", ""},
		{"icj/1986/14", ""},
		{"report/s/114/8", ""},
		{"", ""},
		{"usc", ""},
		{"usc/50", ""},
		{"nonsense/1/2", ""},
	} {
		if got := authority.URL(c.key); got != c.url {
			t.Errorf("URL(%q) = %q, want %q", c.key, got, c.url)
		}
	}
}

// TestURLOfOldLaw gives a law before the 104th Congress the link of the
// Statutes at Large behind it, where the text has one.
func TestURLOfOldLaw(t *testing.T) {
	const link = "https://www.govinfo.gov/link/statute/105/429"
	found := authority.Find("Pub. L. No. 102-88, § 602, 105 Stat. 429 (1991); Pub. L. No. 102-89.")
	if len(found) != 3 || found[0].URL != link || found[1].URL != link || found[2].URL != "" {
		t.Errorf("found %v", found)
	}
}

// TestName prints each family as it is cited.
func TestName(t *testing.T) {
	for key, name := range map[string]string{
		"usc/50/3091":               "50 U.S.C. § 3091",
		"usc/50/1541-1548":          "50 U.S.C. §§ 1541–1548",
		"usc/42/300aa-1-300aa-34":   "42 U.S.C. §§ 300aa-1–300aa-34",
		"usc/50-app/595":            "50 U.S.C. app. § 595",
		"usc/18/2339a":              "18 U.S.C. § 2339A",
		"publ/80/253":               "Pub. L. No. 80-253",
		"privl/96/164":              "Priv. L. No. 96-164",
		"stat/61/495":               "61 Stat. 495",
		"cfr/10/810":                "10 C.F.R. pt. 810",
		"cfr/10/810.2":              "10 C.F.R. § 810.2",
		"cfr/22/120-130":            "22 C.F.R. pts. 120–130",
		"cfr/45/46.101-46.124":      "45 C.F.R. §§ 46.101–46.124",
		"cfr/41/128-48.001-50":      "41 C.F.R. § 128-48.001-50",
		"fr/90/8439":                "90 Fed. Reg. 8439",
		"const/article-2/section-2": "U.S. Const. art. II, § 2",
		"const/amendment-14":        "U.S. Const. amend. XIV",
		"un-charter/2(4)":           "U.N. Charter art. 2(4)",
		"un-charter/39-51":          "U.N. Charter arts. 39–51",
		"eo/14157":                  "Exec. Order No. 14,157",
		"eo/9066":                   "Exec. Order No. 9066",
		"case/us/343/579":           "343 U.S. 579",
		"case/fsupp2d/727/1":        "727 F. Supp. 2d 1",
		"bill/118/s/2226":           "S. 2226, 118th Cong.",
		"bill/93/hjres/542":         "H.J. Res. 542, 93d Cong.",
		"unsc/1373":                 "S.C. Res. 1373",
		"unga/2625":                 "G.A. Res. 2625",
		"unga/es-11/1":              "G.A. Res. ES-11/1",
		"undoc/S/2021/202":          "U.N. Doc. S/2021/202",
		"treaty/unts/1155/331":      "1155 U.N.T.S. 331",
		"treaty/tias/1591":          "T.I.A.S. No. 1591",
		"icj/1986/14":               "1986 I.C.J. 14",
		"pcij/a/17":                 "P.C.I.J. (ser. A) No. 17",
		"report/h/93/287":           "H.R. Rep. No. 93-287",
		"treatydoc/105/51":          "S. Treaty Doc. No. 105-51",
	} {
		if got := authority.Name(key); got != name {
			t.Errorf("Name(%q) = %q, want %q", key, got, name)
		}
		checkKey(t, key)
	}
	for _, s := range []string{"", "usc", "usc/50", "case/nobody/1/2", "const/clause-3", "bill/118/x/1"} {
		if got := authority.Name(s); got != "" {
			t.Errorf("Name(%q) = %q", s, got)
		}
	}
}

// TestParse reads what somebody types who means one authority.
func TestParse(t *testing.T) {
	for spelling, key := range map[string]string{
		"50 usc 3091":                                  "usc/50/3091",
		"50 U.S.C. § 3091(a)(1) (2018)":                "usc/50/3091",
		" 50 U.S.C. §§ 1541–48. ":                      "usc/50/1541-1548",
		"title 50 usc section 3091":                    "usc/50/3091",
		"section 3091 of title 50, United States Code": "usc/50/3091",
		"pub l 107-40":                                 "publ/107/40",
		"pl 107-40":                                    "publ/107/40",
		"public law 107-40":                            "publ/107/40",
		"61 stat 495":                                  "stat/61/495",
		"10 cfr 810.2":                                 "cfr/10/810.2",
		"10 cfr part 810":                              "cfr/10/810",
		"90 fr 8439":                                   "fr/90/8439",
		"us const art ii, sec 2":                       "const/article-2/section-2",
		"article ii of the constitution":               "const/article-2",
		"fourth amendment":                             "const/amendment-4",
		"the 14th amendment":                           "const/amendment-14",
		"un charter art. 51":                           "un-charter/51",
		"un charter 51":                                "un-charter/51",
		"article 51 un charter":                        "un-charter/51",
		"Article 2(4) of the UN Charter":               "un-charter/2(4)",
		"eo 12333":                                     "eo/12333",
		"executive order 14157":                        "eo/14157",
		"343 us 579":                                   "case/us/343/579",
		"Youngstown v. Sawyer, 343 U.S. 579, 637 (1952)": "case/us/343/579",
		"s. 2226, 118th cong.":                           "bill/118/s/2226",
		"hr 1234 118th congress":                         "bill/118/hr/1234",
		"unscr 1373":                                     "unsc/1373",
		"security council resolution 1373":               "unsc/1373",
		"S/RES/1373 (2001)":                              "unsc/1373",
		"ga res 2625 (xxv)":                              "unga/2625",
		"un doc s/2021/202":                              "undoc/S/2021/202",
		"1155 unts 331":                                  "treaty/unts/1155/331",
		"1986 icj 14":                                    "icj/1986/14",
		"s. rep. no. 114-8":                              "report/s/114/8",
		"war powers resolution":                          "usc/50/1541-1548",
		"the National Security Act of 1947":              "publ/80/253",
		"2001 aumf":                                      "publ/107/40",
	} {
		if got, ok := authority.Parse(spelling); !ok || got != key {
			t.Errorf("Parse(%q) = %q, %v, want %q", spelling, got, ok, key)
		}
	}
	for _, spelling := range []string{
		"", " ", "Article 51", "51", "usc", "usc/50", "50 U.S.C.", "id.", "S. 2226", "hostilities",
		"50 U.S.C. § 3091; 50 U.S.C. § 3093", "50 U.S.C. § 3091 requires a finding", "343 U.S. at 637",
		"usc/50/3091/x", "the Charter",
	} {
		if got, ok := authority.Parse(spelling); ok {
			t.Errorf("Parse(%q) = %q", spelling, got)
		}
	}
}

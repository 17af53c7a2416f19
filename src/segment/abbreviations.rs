//! Words that end in a full stop without ending a sentence, a table a language.
//!
//! A new language is one more [`Abbreviations`] and one line in [`Abbreviations::of`]. Entries stand without their last
//! full stop and as they are written: `Sat` is a day of the week, `sat` is not.

/// The abbreviations of one language.
pub(super) struct Abbreviations {
    /// Always followed by what they belong to, a name or a number: no sentence ends behind them.
    pub open: &'static [&'static str],
    /// May end a sentence: one ends behind them where the next word is one that opens sentences.
    pub either: &'static [&'static str],
    /// Whether a number with a full stop is an ordinal: `am 5. Februar`.
    pub ordinals: bool,
}

impl Abbreviations {
    /// The table of a language, by its code; English where there is none.
    pub fn of(code: &str) -> &'static Self {
        match code {
            "cs" | "sk" => &CZECH,
            "da" | "no" | "sv" | "fo" | "is" => &SCANDINAVIAN,
            "de" | "lb" => &GERMAN,
            "es" | "gl" | "ca" => &SPANISH,
            "fi" | "et" => &FINNISH,
            "fr" => &FRENCH,
            "el" => &GREEK,
            "hr" | "sr" | "bs" | "sl" => &SOUTH_SLAVIC,
            "hu" => &HUNGARIAN,
            "it" => &ITALIAN,
            "kk" | "ru" | "uk" | "be" | "bg" | "mk" => &CYRILLIC,
            "nl" | "af" => &DUTCH,
            "pl" => &POLISH,
            "pt" => &PORTUGUESE,
            "ro" => &ROMANIAN,
            "tr" | "az" => &TURKISH,
            _ => &ENGLISH,
        }
    }
}

#[rustfmt::skip]
static ENGLISH: Abbreviations = Abbreviations {
    open: &[
        "Adm", "Amb", "Atty", "Brig", "Capt", "Cardinal", "Cdr", "Cmdr", "Col", "Comdr", "Cpl", "Cpt", "Det", "Dr", "Drs",
        "Fr", "Ft", "Gen", "Gov", "Hon", "Insp", "Lieut", "Lt", "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Mt",
        "Msgr", "Mx", "Pfc", "Pres", "Prof", "Pte", "Pvt", "Rep", "Reps", "Rev", "Sec", "Sen", "Sens", "Sgt", "Spc", "St",
        "Ste", "Supt", "Treas", "Fig", "Figs", "Nos", "Vol", "cf", "e.g", "i.e", "eg", "ie", "v", "vs", "viz", "al", "esp",
        "incl", "approx", "ca", "c", "pp", "vol", "fig", "Op",
    ],
    either: &[
        "Ala", "Ariz", "Ark", "Assn", "Assoc", "Aug", "Ave", "Bldg", "Blvd", "Bros", "Calif", "Co", "Colo", "Conn", "Corp",
        "Ct", "Dec", "Del", "Dept", "Dist", "Esq", "Est", "Feb", "Fla", "Fri", "Ga", "Hts", "Hwy", "Ill", "Inc", "Ind",
        "Inst", "Jan", "Jr", "Jul", "Jun", "Kan", "Ky", "La", "Ltd", "Mar", "Mass", "Md", "Mich", "Minn", "Miss", "Mo",
        "Mon", "Mont", "Neb", "Nev", "No", "Nov", "Oct", "Okla", "Ore", "Pa", "Pty", "Rd", "Sat", "Sep", "Sept", "Sq", "Sr",
        "Tenn", "Tex", "Thu", "Thur", "Thurs", "Tue", "Tues", "Univ", "Va", "Vt", "Wash", "Wed", "Wis", "Wyo", "a.m",
        "p.m", "dept", "ed", "eds", "est", "etc", "ext", "ft", "hr", "hrs", "lb", "lbs", "max", "min", "no", "oz", "p",
        "Ph.D", "rev", "seq", "tel", "Art", "art", "ch", "Ch", "sec", "yr", "yrs", "mph",
    ],
    ordinals: false,
};

#[rustfmt::skip]
static GERMAN: Abbreviations = Abbreviations {
    open: &[
        "Abb", "Abs", "Art", "Bd", "Bez", "Dipl", "Dr", "Frl", "Hg", "Hr", "Hrn", "Ing", "Kap", "Mag", "Nr", "Nrn", "Prof",
        "Sr", "St", "Str", "bzw", "ca", "d.h", "geb", "gest", "ggf", "i.d.R", "inkl", "insb", "lt", "o.g", "resp", "sog",
        "u.a", "v.a", "vgl", "z.B", "z.T", "zzgl", "evtl", "max", "min", "Tel", "Ziff", "Mt", "Hl", "hl", "rd", "i.e",
        "z", "u", "d", "i", "v", "o", "s", "a", "b", "h",
    ],
    either: &[
        "Apr", "Aug", "Co", "Dez", "Feb", "Fr", "Jan", "Jh", "Jhd", "Jr", "Juli", "Juni", "Mio", "Mo", "Mrd", "Mär", "Nov",
        "Okt", "Sa", "Sept", "So", "Std", "Tsd", "e.V", "etc", "usf", "usw", "u.s.w", "v.Chr", "n.Chr", "Chr", "ff", "f",
        "S", "Mi", "Do", "Di", "p", "A", "D", "u.ä", "o.ä",
    ],
    ordinals: true,
};

#[rustfmt::skip]
static FRENCH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Drs", "M", "MM", "Me", "Mgr", "Mlle", "Mlles", "Mme", "Mmes", "Pr", "Prof", "St", "Ste", "apr", "art", "av",
        "cf", "ch", "env", "ex", "fig", "n", "no", "p.ex", "pp", "réf", "vol", "Cie", "adj", "boul", "c.-à-d", "col", "éd",
        "vs", "tél", "Vve", "p", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc",
    ],
    either: &["J.-C", "etc", "Inc", "Ltd", "Corp", "Jr", "al", "hab", "s"],
    ordinals: false,
};

#[rustfmt::skip]
static SPANISH: Abbreviations = Abbreviations {
    open: &[
        "Av", "Avda", "Cap", "Cnel", "D", "EE", "ca", "Dña", "Dr", "Dra", "Dres", "Excmo", "Fr", "Gral", "Ing", "Lic", "Mons", "Prof",
        "Profa", "Rvdo", "Sr", "Sra", "Sras", "Sres", "Srta", "St", "Sta", "Sto", "Tte", "Ud", "Uds", "Vd", "Vds", "admón",
        "aprox", "art", "arts", "av", "c", "cap", "cf", "dr", "ed", "ej", "fig", "gob", "gral", "lic", "núm", "núms", "p.ej",
        "pág", "págs", "pp", "prof", "sr", "sra", "srta", "tel", "vol", "vs", "c.f", "n", "No", "Nº", "D.ª",
    ],
    either: &["Cía", "Corp", "EE.UU", "EEUU", "Inc", "Jr", "Ltda", "S.A", "a.C", "a.m", "d.C", "etc", "p.m", "s", "hab"],
    ordinals: false,
};

#[rustfmt::skip]
static ITALIAN: Abbreviations = Abbreviations {
    open: &[
        "Arch", "Avv", "Cap", "Cav", "Col", "Dott", "Dr", "Egr", "Fig", "Gen", "Geom", "Ing", "Jr", "Mons", "On", "Prof",
        "Rag", "Sen", "Sig", "Sig.na", "Sig.ra", "Spett", "St", "Ten", "art", "artt", "ca", "cap", "cd", "cfr", "cit",
        "dott", "es", "fig", "lett", "n", "nn", "nr", "p.es", "pag", "pagg", "pp", "prof", "sig", "tel", "vol", "vs",
    ],
    either: &["S.p.A", "a.C", "d.C", "ecc", "etc", "Inc", "Ltd", "s", "p", "sec"],
    ordinals: false,
};

#[rustfmt::skip]
static PORTUGUESE: Abbreviations = Abbreviations {
    open: &[
        "Av", "Cap", "Cel", "D", "Dr", "Dra", "Drs", "Eng", "Exmo", "Exma", "Gen", "Min", "Prof", "Profa", "Rev", "Sen",
        "Sr", "Sra", "Sras", "Srs", "Srta", "St", "Sta", "Sto", "Ten", "aprox", "art", "arts", "av", "cap", "cf", "ed", "ex",
        "fig", "n", "no", "núm", "p.ex", "pág", "págs", "pp", "prof", "séc", "tel", "vol", "vs",
    ],
    either: &["Cia", "Corp", "EUA", "Inc", "Jr", "Ltda", "S.A", "a.C", "d.C", "etc", "hab", "p", "s"],
    ordinals: false,
};

#[rustfmt::skip]
static DUTCH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Drs", "Ir", "Ing", "Jhr", "Mevr", "Mr", "Mw", "Prof", "Sint", "St", "a.h.w", "a.u.b", "bijv", "b.v", "blz",
        "bv", "ca", "d.w.z", "dhr", "dr", "drs", "evt", "fig", "gen", "i.p.v", "i.v.m", "incl", "ing", "ir", "m.a.w", "m.b.t",
        "mevr", "min", "max", "mr", "mw", "n.a.v", "nl", "nr", "nrs", "o.a", "o.l.v", "prof", "red", "resp", "t.a.v", "t.g.v",
        "t.o.v", "tel", "vgl", "z.g", "zgn", "zg",
    ],
    either: &["a.s", "e.d", "e.a", "enz", "etc", "j.l", "jl", "jr", "m.n", "n.C", "v.C", "Chr", "N.V", "B.V"],
    ordinals: false,
};

#[rustfmt::skip]
static SCANDINAVIAN: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Hr", "Kl", "Nr", "Prof", "St", "adm", "bl.a", "ca", "d.v.s", "dr", "dvs", "eks", "el", "evt", "ev", "f.eks",
        "f", "fr", "feks", "fig", "forts", "fru", "gl", "hr", "inkl", "innb", "jf", "jfr", "jr", "kap", "kl", "maks", "max",
        "min", "ndr", "nr", "p.g.a", "pga", "pkt", "prof", "resp", "s.k", "sk", "sml", "spm", "st", "t.ex", "t", "tlf", "tel",
        "t.o.m", "vs", "vol", "årg", "fhv", "mag", "cand", "bl", "pr",
    ],
    either: &[
        "apr", "aug", "dec", "des", "etc", "feb", "jan", "kr", "m.fl", "m.m", "mfl", "mio", "mia", "mill", "mrd", "mv", "nov",
        "o.s.v", "okt", "osv", "sept", "m.v", "e.Kr", "f.Kr", "o.l", "o.lign", "mlrd",
    ],
    ordinals: true,
};

#[rustfmt::skip]
static FINNISH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "St", "esim", "fil", "huom", "ks", "ko", "kts", "lk", "ma", "mm", "mrd", "mil", "n", "nk", "nro", "ns", "os",
        "prof", "puh", "s", "so", "t", "tohtori", "toht", "tri", "v", "va", "vrt", "vs", "ym", "po", "em", "joht", "klo",
    ],
    either: &["eKr", "jKr", "jne", "yms", "yo", "kpl", "etc", "min", "milj", "oy", "tms"],
    ordinals: true,
};

#[rustfmt::skip]
static POLISH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Prof", "al", "bp", "bł", "dot", "dr", "dyr", "gen", "gm", "godz", "hab", "im", "inż", "kard", "kpt", "ks", "lek",
        "m.in", "mec", "mgr", "mjr", "nb", "np", "nr", "o", "ob", "ok", "os", "pkt", "pl", "plk", "płk", "por", "pow", "poz",
        "prof", "pt", "red", "reż", "s", "sp", "st", "str", "sw", "tel", "tj", "tzn", "tzw", "ul", "ur", "ust", "wg", "woj",
        "ww", "zm", "zob", "śp", "św", "ppłk", "sierż", "al",
    ],
    either: &["itd", "itp", "in", "n.e", "p.n.e", "proc", "r", "tys", "w", "etc", "jr", "zł", "mln", "mld", "min", "sek"],
    ordinals: true,
};

#[rustfmt::skip]
static CZECH: Abbreviations = Abbreviations {
    open: &[
        "Bc", "Dr", "Ing", "JUDr", "MUDr", "MVDr", "Mgr", "PhDr", "Prof", "RNDr", "Sv", "angl", "cca", "doc", "dr", "gen", "ing",
        "kpt", "lat", "mj", "mjr", "např", "napr", "nar", "něm", "npor", "obr", "odst", "plk", "popř", "pozn", "prof", "roč",
        "resp", "sv", "tel", "tj", "tzn", "tzv", "ul", "zejm", "zn", "čl", "čís", "č", "čp", "škpt", "št", "str", "st", "kap",
    ],
    either: &["apod", "atd", "atp", "aj", "ap", "hod", "mil", "min", "mld", "n.l", "př.n.l", "r", "tis", "s.r.o", "a.s", "etc", "Kč", "Jr"],
    ordinals: true,
};

#[rustfmt::skip]
static SOUTH_SLAVIC: Abbreviations = Abbreviations {
    open: &["Dr", "Prof", "St", "dipl", "dr", "god", "g", "gđa", "gdin", "ing", "mr", "npr", "prof", "sv", "tj", "tzv", "ul", "br", "str", "čl", "st", "ga", "oz", "mag"],
    either: &["i sl", "itd", "itn", "ipd", "kn", "mil", "mlrd", "sl", "god", "etc"],
    ordinals: true,
};

#[rustfmt::skip]
static HUNGARIAN: Abbreviations = Abbreviations {
    open: &["Dr", "Prof", "Sz", "St", "bek", "dr", "id", "ifj", "ill", "kb", "ker", "kft", "ld", "pl", "prof", "s.k", "szt", "tel", "u", "ui", "ún", "vö", "özv", "u.n"],
    either: &["Kft", "Rt", "Zrt", "jan", "feb", "márc", "ápr", "aug", "szept", "okt", "nov", "dec", "stb", "sz", "old", "évf"],
    ordinals: true,
};

#[rustfmt::skip]
static ROMANIAN: Abbreviations = Abbreviations {
    open: &["Dl", "Dna", "Dr", "Prof", "Sf", "St", "al", "alin", "art", "av", "cap", "cca", "conf", "d-l", "d-na", "dl", "dna", "dr", "ex", "fig", "ing", "lit", "nr", "pag", "prof", "str", "tel", "vol", "ș.a", "Bd", "lt", "gen", "col"],
    either: &["etc", "S.A", "S.R.L", "î.Hr", "d.Hr", "ian", "feb", "mart", "apr", "aug", "sept", "oct", "nov", "dec", "mil", "mld"],
    ordinals: false,
};

#[rustfmt::skip]
static TURKISH: Abbreviations = Abbreviations {
    open: &["Alb", "Alm", "Apt", "Av", "Bkz", "Bnb", "Bşk", "Bul", "Cad", "Doç", "Dr", "Gen", "Hz", "Kor", "Mah", "Müh", "No", "Org", "Ord", "Prof", "Sn", "Sok", "St", "Tel", "Tuğg", "Yrd", "Yzb", "Öğr", "Ör", "bkz", "bk", "krş", "nu", "örn", "yak", "çev", "İng", "Fr", "sf"],
    either: &["A.Ş", "Ltd", "Şti", "etc", "s", "vb", "vd", "vs", "yy", "M.Ö", "M.S", "İ.Ö", "dk", "sn"],
    ordinals: true,
};

#[rustfmt::skip]
static GREEK: Abbreviations = Abbreviations {
    open: &["Αγ", "Δρ", "Καθ", "Κα", "Κος", "Στρ", "αρ", "βλ", "δηλ", "κ", "κα", "κκ", "λ.χ", "π.χ", "περ", "πρβλ", "σελ", "τηλ", "χλμ"],
    either: &["Α.Ε", "κ.ά", "κ.λπ", "κλπ", "κτλ", "μ.μ", "μ.Χ", "π.μ", "π.Χ", "εκ", "δισ", "εκατ"],
    ordinals: false,
};

#[rustfmt::skip]
static CYRILLIC: Abbreviations = Abbreviations {
    open: &[
        "Дж", "Пр", "Проф", "Св", "акад", "англ", "арх", "бул", "вул", "ген", "гр", "греч", "д-р", "дол", "др-греч", "ж", "им", "ім",
        "инж", "исп", "кв", "корп", "лат", "л", "н", "напр", "нем", "обл", "ок", "п", "пгт", "пер", "пл", "пос", "пр", "просп",
        "проф", "р-н", "ред", "рис", "род", "с", "св", "см", "ср", "ст", "стр", "т", "табл", "тел", "т.е", "т.к", "т.н", "т.зв",
        "ул", "фр", "ч", "чл", "яп", "м", "ум", "т.нар", "д", "о", "оз", "№", "к",
    ],
    either: &[
        "г", "гг", "в", "вв", "др", "т.д", "т.п", "т.і", "э", "н.э", "н.е", "тыс", "тис", "млн", "млрд", "руб", "грн", "коп", "долл",
        "дол", "чел", "экз", "км", "кг", "р", "рр", "ст", "мин", "сек", "ч", "год", "и др", "ін", "лв", "мм", "см",
    ],
    ordinals: false,
};

#[cfg(test)]
mod tests {
    use super::Abbreviations;

    #[test]
    fn no_entry_ends_in_a_full_stop_or_holds_white_space_at_its_ends() {
        for code in
            ["cs", "sv", "de", "es", "fi", "fr", "el", "hr", "hu", "it", "ru", "nl", "pl", "pt", "ro", "tr", "en"]
        {
            let table = Abbreviations::of(code);
            for entry in table.open.iter().chain(table.either) {
                assert!(!entry.ends_with('.') && entry.trim() == *entry && !entry.is_empty(), "{code}: {entry}");
            }
        }
    }
}

//! Words that end in a full stop without ending a sentence, a table a language.
//!
//! A new language is one more [`Abbreviations`] and one line in `TABLES`. Entries stand without their last
//! full stop and as they are written: `Sat` is a day of the week, `sat` is not.

use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// The abbreviations of one language.
pub(super) struct Abbreviations {
    /// Always followed by what they belong to, a name or a number: no sentence ends behind them.
    pub open: &'static [&'static str],
    /// May end a sentence: one ends behind them where the next word is one that opens sentences.
    pub either: &'static [&'static str],
    /// Times, years, eras, measures and degrees: they belong to what stands before them, so a sentence ends behind them
    /// where a capital follows, unless only a phrase of time has been said: `At 5 a.m. Holm left`.
    pub behind: &'static [&'static str],
    /// Abbreviations before a number, words elsewhere: `no. 5`, `He said no.`
    pub numbered: &'static [&'static str],
    /// Names with a capital that go with a time of day: `5 p.m. Tuesday`.
    pub companions: &'static [&'static str],
    /// What opens sentences besides stop words, in small letters.
    pub openers: &'static [&'static str],
    /// What a phrase of time begins with, in small letters: `At 5 a.m. Holm left`.
    pub prepositions: &'static [&'static str],
    /// Verbs of saying, as they stand behind a speaker: `“Why?” Brandt asked.`
    pub saying: &'static [&'static str],
    /// Whether a number with a full stop can be an ordinal.
    pub ordinals: Ordinals,
}

/// How a language writes ordinals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordinals {
    /// Without a full stop.
    None,
    /// With one, and what they count has a small letter: `5. února`.
    BeforeSmall,
    /// With one, and what they count may have a capital: `5. Februar`, `5. Kolordu`.
    BeforeCapital,
}

impl Abbreviations {
    /// English titles stand before names in the news of every language.
    pub const EVERYWHERE: &'static [&'static str] = &["Dr", "Mr", "Mrs", "Ms", "Prof", "vs"];

    /// Names that are written with an exclamation mark.
    pub const NAMES_WITH_MARK: &'static [&'static str] = &["Yahoo", "Yum", "Jeopardy"];

    /// A table to fill in.
    const EMPTY: Self = Self {
        open: &[],
        either: &[],
        behind: &[],
        numbered: &[],
        companions: &[],
        openers: &[],
        prepositions: &[],
        saying: &[],
        ordinals: Ordinals::None,
    };
}

/// What the table of a language says of a word, as bits: a word can stand in several lists.
pub(super) mod role {
    /// In [`open`](super::Abbreviations::open) or [`EVERYWHERE`](super::Abbreviations::EVERYWHERE).
    pub const OPEN: u8 = 1;
    /// In [`either`](super::Abbreviations::either).
    pub const EITHER: u8 = 1 << 1;
    /// In [`behind`](super::Abbreviations::behind).
    pub const BEHIND: u8 = 1 << 2;
    /// In [`numbered`](super::Abbreviations::numbered).
    pub const NUMBERED: u8 = 1 << 3;
    /// In [`openers`](super::Abbreviations::openers).
    pub const OPENER: u8 = 1 << 4;
}

/// The lists of some languages, and the same by word.
pub(super) struct Table {
    /// The codes of the languages.
    codes: &'static [&'static str],
    pub lists: &'static Abbreviations,
    /// Made when the first text in one of the languages is split.
    index: OnceLock<Index>,
}

/// The roles of all words of a table.
struct Index {
    roles: FxHashMap<&'static str, u8>,
    /// So many bytes the longest word has.
    longest: usize,
}

impl Table {
    const fn new(codes: &'static [&'static str], lists: &'static Abbreviations) -> Self {
        Self { codes, lists, index: OnceLock::new() }
    }

    /// The table of a language, by its code; English where there is none.
    pub fn of(code: &str) -> &'static Self {
        TABLES.iter().find(|table| table.codes.contains(&code)).unwrap_or(&ENGLISH_TABLE)
    }

    /// What a word is, as bits of [`role`].
    pub fn roles(&self, word: &str) -> u8 {
        let index = self.index.get_or_init(|| Index::of(self.lists));
        if word.len() > index.longest {
            return 0;
        }
        index.roles.get(word).copied().unwrap_or(0)
    }
}

impl Index {
    fn of(lists: &'static Abbreviations) -> Self {
        let lists = [
            (role::OPEN, lists.open),
            (role::OPEN, Abbreviations::EVERYWHERE),
            (role::EITHER, lists.either),
            (role::BEHIND, lists.behind),
            (role::NUMBERED, lists.numbered),
            (role::OPENER, lists.openers),
        ];
        let words = lists.iter().map(|(_, words)| words.len()).sum();
        let mut roles = FxHashMap::with_capacity_and_hasher(words, FxBuildHasher);
        for (role, words) in lists {
            for word in words {
                *roles.entry(*word).or_insert(0) |= role;
            }
        }
        let longest = roles.keys().map(|word| word.len()).max().unwrap_or(0);
        Self { roles, longest }
    }
}

static ENGLISH_TABLE: Table = Table::new(&["en"], &ENGLISH);

static TABLES: [Table; 18] = [
    Table::new(&["cs", "sk"], &CZECH),
    Table::new(&["da", "no", "sv", "fo", "is"], &SCANDINAVIAN),
    Table::new(&["de", "lb"], &GERMAN),
    Table::new(&["es", "gl", "ca"], &SPANISH),
    Table::new(&["fi", "et"], &FINNISH),
    Table::new(&["fr"], &FRENCH),
    Table::new(&["el"], &GREEK),
    Table::new(&["hr", "sr", "bs", "sl"], &SOUTH_SLAVIC),
    Table::new(&["hu"], &HUNGARIAN),
    Table::new(&["it"], &ITALIAN),
    Table::new(&["kk", "ru", "uk", "be", "bg", "mk"], &CYRILLIC),
    Table::new(&["nl", "af"], &DUTCH),
    Table::new(&["pl"], &POLISH),
    Table::new(&["pt"], &PORTUGUESE),
    Table::new(&["ro"], &ROMANIAN),
    Table::new(&["tr", "az"], &TURKISH),
    Table::new(&["hi", "mr", "ne"], &HINDI),
    Table::new(&["vi"], &VIETNAMESE),
];

#[rustfmt::skip]
static ENGLISH: Abbreviations = Abbreviations {
    open: &[
        "Adm", "Amb", "Atty", "Brig", "Capt", "Cardinal", "Cdr", "Cmdr", "Col", "Comdr", "Cpl", "Cpt", "Det", "Dr", "Drs",
        "Fr", "Ft", "Gen", "Gov", "Hon", "Insp", "Lieut", "Lt", "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Mt",
        "Msgr", "Mx", "Pfc", "Pres", "Prof", "Pte", "Pvt", "Rep", "Reps", "Rev", "Sec", "Sen", "Sens", "Sgt", "Spc", "St",
        "Ste", "Supt", "Treas", "cf", "e.g", "i.e", "eg", "ie", "v", "vs", "viz", "esp",
        "incl", "approx", 
    ],
    either: &[
        "al",
        "Ala", "Ariz", "Ark", "Assn", "Assoc", "Aug", "Ave", "Bldg", "Blvd", "Bros", "Calif", "Co", "Colo", "Conn", "Corp",
        "Ct", "Dec", "Del", "Dept", "Dist", "Esq", "Est", "Feb", "Fla", "Fri", "Ga", "Hts", "Hwy", "Ill", "Inc", "Ind",
        "Inst", "Jan", "Jr", "Jul", "Jun", "Kan", "Ky", "La", "Ltd", "Mar", "Mass", "Md", "Mich", "Minn", "Miss", "Mo",
        "Mon", "Mont", "Neb", "Nev", "Nov", "Oct", "Okla", "Ore", "Pa", "Pty", "Rd", "Sat", "Sep", "Sept", "Sq", "Sr",
        "Tenn", "Tex", "Thu", "Thur", "Thurs", "Tue", "Tues", "Univ", "Va", "Vt", "Wash", "Wed", "Wis", "Wyo", 
        "dept", "ed", "eds", "est", "etc", "hr", "hrs", "max", "min", 
        "rev", "seq", "tel", "yr", "yrs", 
    ],
    behind: &["a.m", "p.m", "A.M", "P.M", "B.C", "A.D", "B.C.E", "C.E", "Ph.D", "mph", "lb", "lbs", "oz", "ft"],
    numbered: &["No", "no", "Nos", "nos", "Art", "art", "ch", "Ch", "sec", "Fig", "Figs", "fig", "Vol", "vol", "p", "pp", "ext", "Op", "c", "ca", "N°", "Rs", "Sect", "para"],
    companions: &[
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon", "Tue", "Tues", "Wed", "Thu",
        "Thur", "Thurs", "Fri", "Sat", "Sun", "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept",
        "Oct", "Nov", "Dec", "Eastern", "Central", "Mountain", "Pacific", "Greenwich", "UTC", "IST", "JST",
    ],
    openers: &[
        "according", "additionally", "also", "although", "among", "analysts", "another", "asked", "besides", "despite", "earlier",
        "elsewhere", "even", "critics", "every", "everyone", "finally", "furthermore", "however", "instead", "it's", "last", "later",
        "like", "many", "meanwhile", "moreover", "mr", "mrs", "ms", "nevertheless", "nobody", "officials", "one", "others", "perhaps", "police", "researchers", "several", "shares",
        "since", "still", "terms", "that's", "there's", "therefore", "though", "thus", "today", "two", "unlike", "yesterday", "yet",
        "within", "without", "nor", "let's", "they're", "we're", "he's", "she's", "what's", "i've", "we've", "they've",
    ],
    prepositions: &[
        "about", "after", "around", "as", "at", "before", "between", "by", "early", "from", "in", "just", "late", "near",
        "on", "shortly", "since", "soon", "until",
    ],
    saying: &[
        "said", "says", "asked", "asks", "replied", "replies", "added", "adds", "told", "wrote", "writes", "shouted",
        "yelled", "cried", "exclaimed", "tweeted", "joked", "recalled", "wondered", "quipped",
    ],
    ordinals: Ordinals::None,
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
        "Mio", "Mrd", "Tsd", "Std", "Jh", "Jhd",
        "Apr", "Aug", "Co", "Dez", "Feb", "Fr", "Jan", "Jr", "Juli", "Juni", "Mo", "Mär", "Nov",
        "Okt", "Sa", "Sept", "So", "e.V", "etc", "usf", "usw", "u.s.w", "ff", "f",
        "S", "Mi", "Do", "Di", "p", "A", "D", "u.ä", "o.ä",
    ],
    behind: &["Chr", "v.Chr", "n.Chr", "u.Z", "v.u.Z"],
    ordinals: Ordinals::BeforeCapital,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static FRENCH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Drs", "M", "MM", "Me", "Mgr", "Mlle", "Mlles", "Mme", "Mmes", "Pr", "Prof", "St", "Ste", "apr", "art", "av",
        "cf", "ch", "env", "ex", "fig", "n", "no", "p.ex", "pp", "réf", "vol", "Cie", "adj", "boul", "c.-à-d", "col", "éd",
        "vs", "tél", "Vve", "p", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc",
    ],
    either: &["etc", "Inc", "Ltd", "Corp", "Jr", "al", "s"],
    behind: &["J.-C", "J-C", "hab"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static SPANISH: Abbreviations = Abbreviations {
    open: &[
        "Av", "Avda", "Cap", "Cnel", "D", "EE", "ca", "Dña", "Dr", "Dra", "Dres", "Excmo", "Fr", "Gral", "Ing", "Lic", "Mons", "Prof",
        "Profa", "Rvdo", "Sr", "Sra", "Sras", "Sres", "Srta", "St", "Sta", "Sto", "Tte", "Ud", "Uds", "Vd", "Vds", "admón",
        "aprox", "art", "arts", "av", "c", "cap", "cf", "dr", "ed", "ej", "fig", "gob", "gral", "lic", "núm", "núms", "p.ej",
        "pág", "págs", "pp", "prof", "sr", "sra", "srta", "tel", "vol", "vs", "c.f", "n", "No", "Nº", "D.ª",
    ],
    either: &["Cía", "Corp", "EE.UU", "EEUU", "Inc", "Jr", "Ltda", "S.A", "etc", "s", ],
    behind: &["a.C", "d.C", "a.m", "p.m", "hab"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static ITALIAN: Abbreviations = Abbreviations {
    open: &[
        "Arch", "Avv", "Cap", "Cav", "Col", "Dott", "Dr", "Egr", "Fig", "Gen", "Geom", "Ing", "Jr", "Mons", "On", "Prof",
        "Rag", "Sen", "Sig", "Sig.na", "Sig.ra", "Spett", "St", "Ten", "art", "artt", "ca", "cap", "cd", "cfr", "cit",
        "dott", "es", "fig", "lett", "n", "nn", "nr", "p.es", "pag", "pagg", "pp", "prof", "sig", "tel", "vol", "vs",
    ],
    either: &["S.p.A", "ecc", "etc", "Inc", "Ltd", "s", "p", "sec"],
    behind: &["a.C", "d.C"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static PORTUGUESE: Abbreviations = Abbreviations {
    open: &[
        "Av", "Cap", "Cel", "D", "Dr", "Dra", "Drs", "Eng", "Exmo", "Exma", "Gen", "Min", "Prof", "Profa", "Rev", "Sen",
        "Sr", "Sra", "Sras", "Srs", "Srta", "St", "Sta", "Sto", "Ten", "aprox", "art", "arts", "av", "cap", "cf", "ed", "ex",
        "fig", "n", "no", "núm", "p.ex", "pág", "págs", "pp", "prof", "séc", "tel", "vol", "vs",
    ],
    either: &["Cia", "Corp", "Inc", "Jr", "Ltda", "S.A", "etc", "p", "s"],
    behind: &["a.C", "d.C", "hab"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static DUTCH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Drs", "Ir", "Ing", "Jhr", "Mevr", "Mr", "Mw", "Prof", "Sint", "St", "a.h.w", "a.u.b", "bijv", "b.v", "blz",
        "bv", "ca", "d.w.z", "dhr", "dr", "drs", "evt", "fig", "gen", "i.p.v", "i.v.m", "incl", "ing", "ir", "m.a.w", "m.b.t",
        "mevr", "min", "max", "mr", "mw", "n.a.v", "nl", "nr", "nrs", "o.a", "o.l.v", "prof", "red", "resp", "t.a.v", "t.g.v",
        "t.o.v", "tel", "vgl", "z.g", "zgn", "zg",
    ],
    either: &["a.s", "e.d", "e.a", "enz", "etc", "j.l", "jl", "jr", "m.n", "N.V", "B.V"],
    behind: &["Chr", "n.C", "v.C", "n.Chr", "v.Chr"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
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
        "o.s.v", "okt", "osv", "sept", "m.v", "o.l", "o.lign", "mlrd",
    ],
    behind: &["e.Kr", "f.Kr", "Kr"],
    ordinals: Ordinals::BeforeSmall,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static FINNISH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "St", "esim", "fil", "huom", "ks", "ko", "kts", "lk", "ma", "mm", "mrd", "mil", "n", "nk", "nro", "ns", "os",
        "prof", "puh", "s", "so", "t", "tohtori", "toht", "tri", "v", "va", "vrt", "vs", "ym", "po", "em", "joht", "klo",
    ],
    either: &["jne", "yms", "yo", "kpl", "etc", "min", "milj", "oy", "tms"],
    behind: &["eKr", "jKr", "eaa", "jaa"],
    ordinals: Ordinals::BeforeCapital,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static POLISH: Abbreviations = Abbreviations {
    open: &[
        "Dr", "Prof", "al", "bp", "bł", "dot", "dr", "dyr", "gen", "gm", "godz", "hab", "im", "inż", "kard", "kpt", "ks", "lek",
        "m.in", "mec", "mgr", "mjr", "nb", "np", "nr", "o", "ob", "ok", "os", "pkt", "pl", "plk", "płk", "por", "pow", "poz",
        "prof", "pt", "red", "reż", "s", "sp", "st", "str", "sw", "tel", "tj", "tzn", "tzw", "ul", "ur", "ust", "wg", "woj",
        "ww", "zm", "zob", "śp", "św", "ppłk", "sierż", "al",
    ],
    either: &["itd", "itp", "in", "w", "etc", "jr", "min", "sek"],
    behind: &["n.e", "p.n.e", "r", "tys", "mln", "mld", "zł", "proc"],
    prepositions: &["do", "na", "od", "około", "ok", "po", "podczas", "pod", "przed", "u", "w", "we", "z", "za", "już", "dopiero", "ale", "i", "a"],
    ordinals: Ordinals::BeforeSmall,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static CZECH: Abbreviations = Abbreviations {
    open: &[
        "Bc", "Dr", "Ing", "JUDr", "MUDr", "MVDr", "Mgr", "PhDr", "Prof", "RNDr", "Sv", "angl", "cca", "doc", "dr", "gen", "ing",
        "kpt", "lat", "mj", "mjr", "např", "napr", "nar", "něm", "npor", "obr", "odst", "plk", "popř", "pozn", "prof", "roč",
        "resp", "sv", "tel", "tj", "tzn", "tzv", "ul", "zejm", "zn", "čl", "čís", "č", "čp", "škpt", "št", "str", "st", "kap",
    ],
    either: &["apod", "atd", "atp", "aj", "ap", "hod", "mil", "min", "mld", "r", "s.r.o", "a.s", "etc", "Jr"],
    behind: &["l", "n.l", "př.n.l", "tis", "Kč"],
    prepositions: &["do", "kolem", "na", "od", "okolo", "po", "před", "u", "v", "ve", "z", "za", "už"],
    ordinals: Ordinals::BeforeSmall,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static SOUTH_SLAVIC: Abbreviations = Abbreviations {
    open: &["Dr", "Prof", "St", "dipl", "dr", "god", "g", "gđa", "gdin", "ing", "mr", "npr", "prof", "sv", "tj", "tzv", "ul", "br", "str", "čl", "st", "ga", "oz", "mag"],
    either: &["i sl", "itd", "itn", "ipd", "kn", "mil", "mlrd", "sl", "god", "etc"],
    ordinals: Ordinals::BeforeSmall,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static HUNGARIAN: Abbreviations = Abbreviations {
    open: &["Dr", "Prof", "Sz", "St", "bek", "dr", "id", "ifj", "ill", "kb", "ker", "kft", "ld", "pl", "prof", "s.k", "szt", "tel", "u", "ui", "ún", "vö", "özv", "u.n"],
    either: &["Kft", "Rt", "Zrt", "jan", "feb", "márc", "ápr", "aug", "szept", "okt", "nov", "dec", "stb", "sz", "old", "évf"],
    ordinals: Ordinals::BeforeSmall,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static ROMANIAN: Abbreviations = Abbreviations {
    open: &["Dl", "Dna", "Dr", "Prof", "Sf", "St", "al", "alin", "art", "av", "cap", "cca", "conf", "d-l", "d-na", "dl", "dna", "dr", "ex", "fig", "ing", "lit", "nr", "pag", "prof", "str", "tel", "vol", "ș.a", "Bd", "lt", "gen", "col"],
    either: &["etc", "S.A", "S.R.L", "ian", "feb", "mart", "apr", "aug", "sept", "oct", "nov", "dec", "mil", "mld"],
    behind: &["î.Hr", "d.Hr"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static TURKISH: Abbreviations = Abbreviations {
    open: &["Alb", "Alm", "Apt", "Av", "Bkz", "Bnb", "Bşk", "Bul", "Cad", "Doç", "Dr", "Gen", "Hz", "Kor", "Mah", "Müh", "No", "Org", "Ord", "Prof", "Sn", "Sok", "St", "Tel", "Tuğg", "Yrd", "Yzb", "Öğr", "Ör", "bkz", "bk", "krş", "nu", "örn", "yak", "çev", "İng", "Fr", "sf"],
    either: &["A.Ş", "Ltd", "Şti", "etc", "s", "vb", "vd", "vs", "İ.Ö", "dk", "sn"],
    behind: &["M.Ö", "M.S", "yy"],
    ordinals: Ordinals::BeforeCapital,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static GREEK: Abbreviations = Abbreviations {
    open: &["Αγ", "Δρ", "Καθ", "Κα", "Κος", "Στρ", "αρ", "βλ", "δηλ", "κ", "κα", "κκ", "λ.χ", "π.χ", "περ", "πρβλ", "σελ", "τηλ", "χλμ"],
    either: &["Α.Ε", "κ.ά", "κ.λπ", "κλπ", "κτλ", "εκ", "δισ", "εκατ"],
    behind: &["μ.Χ", "π.Χ", "μ.μ", "π.μ"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static HINDI: Abbreviations = Abbreviations {
    open: &["डॉ", "डा", "प्रो", "पं", "श्री", "सं", "पृ", "रु", "कि", "मो"],
    either: &[],
    ..Abbreviations::EMPTY
};

#[rustfmt::skip]
static VIETNAMESE: Abbreviations = Abbreviations {
    open: &["TP", "Tp", "TX", "TT", "TS", "ThS", "Ths", "PGS", "GS", "BS", "KS", "ĐT", "Th"],
    either: &["v.v"],
    ..Abbreviations::EMPTY
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
        "в", "вв", "др", "т.д", "т.п", "т.і", "долл",
        "дол", "чел", "экз", "км", "кг", "р", "рр", "ст", "мин", "сек", "ч", "год", "и др", "ін", "лв", "мм", "см",
    ],
    behind: &["г", "гг", "н.э", "н.е", "э", "тыс", "тис", "млн", "млрд", "руб", "грн", "коп"],
    prepositions: &["в", "во", "до", "з", "к", "на", "около", "от", "по", "после", "при", "с", "со", "у", "уже", "через", "но", "и", "а", "през", "след"],
    ordinals: Ordinals::None,
    ..Abbreviations::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_ends_in_a_full_stop_or_holds_white_space_at_its_ends() {
        for Table { codes, lists: table, .. } in TABLES.iter().chain([&ENGLISH_TABLE]) {
            for entry in table.open.iter().chain(table.either).chain(table.behind).chain(table.numbered) {
                assert!(!entry.ends_with('.') && entry.trim() == *entry && !entry.is_empty(), "{codes:?}: {entry}");
            }
        }
    }

    #[test]
    fn a_word_has_the_roles_of_all_lists_that_it_stands_in() {
        let english = Table::of("en");
        assert_eq!(english.roles("rev"), role::EITHER);
        assert_eq!(english.roles("Dr"), role::OPEN);
        assert_eq!(english.roles("however"), role::OPENER);
        assert_eq!(english.roles("harbourmaster") | english.roles("pier"), 0);
        assert_eq!(Table::of("ru").roles("ст"), role::OPEN | role::EITHER);
        assert!(std::ptr::eq(Table::of("ja"), english));
    }
}

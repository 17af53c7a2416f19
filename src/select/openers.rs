//! Words that lean on the sentence before, a table a language. All in lower case.
//!
//! A new language is one more [`Openers`] and one line in [`TABLES`]. What looks words up is `vocabulary`.

/// How sentences of one language open that do not stand alone.
pub(super) struct Openers {
    /// Pronouns and the like that stand for something said before.
    pub pronouns: &'static [&'static str],
    /// Words and phrases that connect to what was said before.
    pub connectives: &'static [&'static str],
    /// Those of both that lean on nothing where they open an article: `Another storm`.
    pub fresh: &'static [&'static str],
    /// What follows a pronoun that is none: `this week`.
    pub times: &'static [&'static str],
    /// Pronouns for one person, those that stand for the same one together.
    pub same_person: &'static [&'static [&'static str]],
    /// Pronouns for one person, wherever they stand.
    pub persons: &'static [&'static str],
    /// Pronouns for the writer, wherever they stand outside of quotations.
    pub writer: &'static [&'static str],
    /// Those of them that mean everybody where they stand behind the subject.
    pub everybodys: &'static [&'static str],
    /// Pronouns for those who speak, which a quotation's attribution explains.
    pub speakers: &'static [&'static str],
    /// Words that open a clause in front of the main one: a pronoun right behind one points back.
    pub subordinators: &'static [&'static str],
    /// Words behind the subject that point back to something like it: `Holm also said`.
    pub inner: &'static [&'static str],
    /// Asides that tie a sentence to the one before, wherever they stand.
    pub asides: &'static [&'static str],
    /// How calls of a page to its reader begin.
    pub furniture: &'static [&'static str],
    /// Words that are put before one of `pointers`.
    pub prepositions: &'static [&'static str],
    /// What points back behind a preposition: `from this`, `for its part`.
    pub pointers: &'static [&'static str],
    /// Nouns for one person, for whom a pronoun later in the sentence can stand; beside them nouns in *-er* count.
    pub person_nouns: &'static [&'static str],
    /// Words in *-er* that are no persons, as far as sentences often have them.
    pub no_person_nouns: &'static [&'static str],
    /// Words that have a capital, or open sentences, and are nobody's name; stop words need not be here.
    pub no_names: &'static [&'static str],
}

/// The tables, each with the codes of its languages; the last one is for all others.
pub(super) static TABLES: [(&[&str], &Openers); 14] = [
    (&["en"], &ENGLISH),
    (&["de"], &GERMAN),
    (&["fr"], &FRENCH),
    (&["es"], &SPANISH),
    (&["it"], &ITALIAN),
    (&["pt"], &PORTUGUESE),
    (&["nl"], &DUTCH),
    (&["sv", "da", "no"], &SCANDINAVIAN),
    (&["ru"], &RUSSIAN),
    (&["vi"], &VIETNAMESE),
    (&["zh"], &CHINESE),
    (&["ja"], &JAPANESE),
    (&["th"], &THAI),
    (&[], &NONE),
];

impl Openers {
    /// The table of a language, by its code; an empty one where there is none.
    pub fn of(code: &str) -> &'static Self {
        TABLES[Self::place(code)].1
    }

    /// Where in [`TABLES`] the table of a language stands.
    pub fn place(code: &str) -> usize {
        TABLES.iter().position(|(codes, _)| codes.contains(&code)).unwrap_or(TABLES.len() - 1)
    }
}

const NONE: Openers = Openers {
    pronouns: &[],
    connectives: &[],
    fresh: &[],
    same_person: &[],
    times: &[],
    persons: &[],
    writer: &[],
    everybodys: &[],
    speakers: &[],
    subordinators: &[],
    inner: &[],
    asides: &[],
    furniture: &[],
    prepositions: &[],
    pointers: &[],
    person_nouns: &[],
    no_person_nouns: &[],
    no_names: &[],
};

#[rustfmt::skip]
static ENGLISH: Openers = Openers {
    pronouns: &[
        "he", "he's", "he'd", "he'll", "she", "she's", "she'd", "she'll", "they", "they're", "they've", "they'd", "they'll",
        "it", "it's", "it'd", "it'll", "this", "these", "those", "that", "that's", "his", "her", "hers", "their", "theirs",
        "its", "him", "them", "such", "both", "neither", "we", "we're", "we've", "we'll", "we'd", "our", "i", "i'm", "i've",
        "my", "you", "your", "you're", "one such", "in one such", "the same", "the latter", "the former",
        "the pair", "the duo", "the trio", "one of them", "some of them", "most of them", "many of them", "all of them",
        "none of them", "either of them", "two of them", "several of them", "each of them",
        "by then", "since then", "until then", "here", "what", "here's", "there,", "doing so", "to do so", "to that end", "in doing so",
        "from there",
        "the others", "others", "another", "the other", "a second", "all this", "all that",
        "the next one", "the first one", "the other one", "the last one", "none of this", "part of that", "part of this", "most of that", "much of that",
    ],
    connectives: &[
        "but", "and", "or", "nor", "so", "yet", "however", "meanwhile", "also", "still", "therefore", "thus", "hence",
        "moreover", "furthermore", "additionally", "besides", "instead", "nevertheless", "nonetheless", "otherwise",
        "likewise", "similarly", "consequently", "accordingly", "then", "indeed", "finally", "elsewhere", "separately",
        "afterward", "afterwards", "later", "plus", "though", "conversely", "rather", "again", "overall", "specifically", "regardless",
        "in addition", "for example", "for instance", "as a result", "in contrast", "by contrast", "on the other hand",
        "in other words", "that said", "at the same time", "in turn", "in fact", "of course", "to be sure", "after that",
        "even so", "even then", "as such", "in response", "on top of",
        "in the meantime", "in short", "in summary", "in conclusion", "more importantly", "most importantly", "what's more",
        "not only that", "even more", "worse", "above all", "after all", "as for", "apart from that", "aside from that",
        "beyond that", "or else", "if so", "if not", "as usual", "no wonder", "yes", "no,", "well,", "now,", "sure,", "oh,",
        "the reason", "the result", "in any case", "in either case", "in all,", "all told", "to that end", "with that", "just as", "more recent", "more recently", "another", "other", "some say", "not so", "unlike", "except", "even though", "to make matters worse", "on the contrary", "not surprisingly", "unsurprisingly", "in particular", "as expected", "eventually", "soon", "suddenly", "next,", "next up", "first,", "second,", "third,", "secondly", "firstly", "lastly", "ultimately", "perhaps", "maybe", "apparently", "clearly", "obviously", "naturally", "right now", "at that point", "at this point", "at one point", "around that time", "at that time", "at the time", "by that time", "by this time", "in that case", "imagine", "suppose", "say", "consider", "remember", "forget", "ask", "take", "look", "think", "make no mistake", "every bit as", "as with", "like that", "included are", "among them", "that makes", "if only", "now", "previous", "previously", "earlier research", "the reason:", "of the", "of those", "of these", "one problem", "one reason", "all three", "all four", "all five", "based on that", "based on this", "that is why", "this is why", "which",
    ],
    fresh: &["another", "other", "a second", "overall", "once again", "again", "still", "finally", "unlike", "soon", "eventually", "in response", "both", "right now", "perhaps", "even though", "apparently", "what"],
    same_person: &[&["he", "him", "his", "himself"], &["she", "her", "hers", "herself"]],
    times: &["week", "month", "year", "morning", "afternoon", "evening", "spring", "summer", "autumn", "fall", "winter", "weekend"],
    persons: &["he", "he's", "he'd", "he'll", "she", "she's", "she'd", "she'll", "him", "his", "her", "hers", "himself", "herself"],
    writer: &[
        "i", "i'm", "i've", "i'd", "i'll", "my", "me", "mine", "myself", "we", "we're", "we've", "we'll", "we'd", "our", "ours", "us", "ourselves", "you", "you're", "you've", "you'll",
        "you'd", "your", "yours", "yourself", "let's",
    ],
    everybodys: &["our", "your", "you"],
    speakers: &[
        "we", "we're", "we've", "we'll", "we'd", "our", "i", "i'm", "i've", "my", "you", "your", "you're",
    ],
    subordinators: &["if", "when", "while", "unless", "because", "although", "though", "after", "before", "since", "once", "as", "whether", "until", "where", "that", "had", "should", "were"],
    asides: &[", for example", ", for instance", ", however", ", therefore", ", meanwhile", ", too.", ", instead", ", as well.", ", by contrast", ", in turn", ", likewise", ", similarly", ", though.", ", in other words", ", then,", ", of course"],
    inner: &["also", "too", "instead", "likewise", "similarly", "however", "therefore", "added", "nevertheless", "meanwhile", "thus", "then", "again"],
    furniture: &[
        "meet", "here are", "here is how", "here's how", "herewith", "read more", "read also", "read the full", "read next", "read on", "keep reading", "keep scrolling", "scroll down", "feel free to click", "welcome to the latest", "welcome to our", "see also", "sign up", "subscribe", "click here", "click to", "follow us",
        "share this", "watch live", "watch the", "watch:", "related:", "advertisement", "download the", "join our",
    ],
    prepositions: &[
        "about", "above", "according to", "after", "against", "along with", "among", "at", "because of", "before", "behind", "below",
        "beyond", "by", "despite", "during", "following", "for", "from", "given", "in", "like", "of", "on", "over", "since",
        "through", "to", "under", "until", "upon", "with", "within", "without",
    ],
    pointers: &["this", "that", "these", "those", "it", "them", "its", "their", "such"],
    person_nouns: &[
        "man", "woman", "boy", "girl", "mayor", "president", "minister", "leader", "chief", "official", "officer",
        "captain", "king", "queen", "prince", "princess", "senator", "governor", "judge", "suspect", "victim",
        "director", "actress", "star", "author", "doctor", "nurse", "student", "father", "mother", "son",
        "daughter", "wife", "husband", "brother", "sister", "child", "teen", "candidate", "secretary", "general",
        "soldier", "pilot", "executive", "ceo", "professor", "expert", "priest", "pope", "bishop", "cardinal",
        "resident", "friend", "sheriff", "deputy", "detective", "analyst", "patient", "witness", "defendant",
        "gunman", "prisoner", "inmate", "fan", "comedian", "host", "anchor", "billionaire", "person", "someone",
        "anyone", "everyone", "nobody", "attorney", "nominee", "employee", "chairman", "chairwoman", "spokesman",
        "spokeswoman", "congressman", "congresswoman", "businessman", "republican", "democrat", "politician",
        "technician", "musician", "physician", "scientist", "artist", "journalist", "economist", "activist",
        "motorist", "cyclist", "tourist", "lieutenant", "sergeant", "aunt", "uncle", "cousin", "nephew", "niece",
        "baby", "toddler", "infant", "youth", "guard", "boss", "guy", "native", "veteran", "actor", "editor",
        "pastor", "prosecutor", "investigator", "administrator", "operator", "survivor", "ambassador", "counselor",
        "counsellor", "conductor", "contractor", "inspector", "instructor", "narrator", "realtor", "sailor",
        "skipper", "supervisor", "traitor", "translator", "tutor", "visitor", "mentor", "neighbor", "neighbour",
        "creator",
    ],
    no_person_nouns: &[
        "after", "another", "number", "other", "over", "under", "whether", "either", "neither", "never", "ever",
        "however", "rather", "later", "earlier", "further", "together", "order", "letter", "matter", "paper",
        "newspaper", "winter", "summer", "september", "october", "november", "december", "computer", "power",
        "water", "weather", "quarter", "chapter", "former", "per", "her", "longer", "river", "tower", "border",
        "center", "corner", "dinner", "twitter", "member", "disaster", "murder", "offer", "answer", "cover",
        "fewer", "greater", "higher", "lower", "larger", "older", "younger", "bigger", "better", "character",
        "charter", "counter", "danger", "encounter", "finger", "fiber", "hunger", "layer", "manner", "master",
        "outer", "poster", "proper", "register", "shelter", "shoulder", "silver", "slaughter", "super", "theater",
        "transfer", "trigger", "upper", "wonder",
    ],
    no_names: &[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "when",
        "while", "although", "despite", "since", "because", "during", "within", "without", "last", "next", "asked",
        "speaking", "according", "earlier", "recently", "one", "two", "three", "even", "like", "unlike", "late",
        "early", "upon", "many", "most", "few", "several", "some", "others", "all", "none", "upon", "whenever", "wherever", "today", "yesterday",
    ],
};

#[rustfmt::skip]
static GERMAN: Openers = Openers {
    pronouns: &[
        "er", "sie", "es", "dies", "diese", "dieser", "dieses", "diesen", "diesem", "das", "sein", "seine", "seiner", "seinem", "seinen",
        "ihr", "ihre", "ihrer", "ihrem", "ihren", "ihm", "ihn", "ihnen", "solche", "solcher", "beide", "jene", "jener", "letztere", "letzterer",
        "ich", "wir", "unser", "unsere", "mein", "meine", "hier", "dort", "da", "dabei", "dafür", "dagegen", "damit", "danach", "daran", "darauf",
        "daraus", "darin", "darüber", "darum", "darunter", "davon", "davor", "dazu", "hierbei", "hierfür", "hierzu", "derselbe", "dieselbe",
        "dasselbe", "deren", "dessen", "man", "in diesem", "in dieser", "bei diesem", "bei dieser", "nach diesem", "mit diesem", "mit dieser",
    ],
    connectives: &[
        "aber", "und", "oder", "doch", "jedoch", "denn", "sondern", "auch", "zudem", "außerdem", "ferner", "darüber hinaus", "allerdings",
        "dennoch", "trotzdem", "deshalb", "daher", "deswegen", "somit", "also", "folglich", "hingegen", "vielmehr", "stattdessen", "währenddessen",
        "unterdessen", "inzwischen", "indes", "indessen", "dann", "anschließend", "schließlich", "zum beispiel", "beispielsweise", "so", "nun",
        "gleichzeitig", "zugleich", "ebenso", "ebenfalls", "weiterhin", "später", "immerhin", "nämlich", "zwar", "im gegenteil", "einerseits", "andererseits",
    ],
    fresh: &[],
    same_person: &[&["er"]],
    times: &[],
    speakers: &["ich", "wir", "unser", "unsere", "mein", "meine"],
    writer: &["ich", "mich", "mir", "mein", "meine", "meinem", "meinen", "meiner", "wir", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "euch"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static FRENCH: Openers = Openers {
    pronouns: &[
        "il", "elle", "ils", "elles", "ce", "cet", "cette", "ces", "cela", "ça", "c'est", "c'était", "ceci", "celui-ci", "celle-ci", "ceux-ci", "celles-ci",
        "celui", "celle", "ceux", "celles", "son", "sa", "ses", "leur", "leurs", "lui", "eux", "on", "nous", "je", "j'ai", "notre", "nos", "mon", "ma", "mes",
        "tous deux", "ce dernier", "cette dernière", "ces derniers", "y", "en", "d'autres", "les deux", "qu'il", "s'il", "là", "ici",
    ],
    connectives: &[
        "mais", "et", "ou", "or", "donc", "car", "ni", "cependant", "pourtant", "toutefois", "néanmoins", "ainsi", "aussi", "également", "de plus", "en outre",
        "par ailleurs", "d'ailleurs", "en effet", "en revanche", "au contraire", "par conséquent", "c'est pourquoi", "par exemple", "ensuite", "puis", "enfin",
        "alors", "pendant ce temps", "de même", "de son côté", "de leur côté", "pour sa part", "pour leur part", "dès lors", "du coup", "à son tour",
        "d'une part", "d'autre part", "reste que", "parallèlement", "entre-temps", "plus tard",
    ],
    fresh: &[],
    same_person: &[&["elle"]],
    times: &["semaine", "année", "nuit"],
    speakers: &["on", "nous", "je", "j'ai", "notre", "nos", "mon", "ma", "mes"],
    writer: &["je", "j'ai", "mon", "ma", "mes", "moi", "nous", "notre", "nos", "vous", "votre", "vos"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static SPANISH: Openers = Openers {
    pronouns: &[
        "él", "ella", "ellos", "ellas", "ello", "esto", "eso", "aquello", "este", "esta", "estos", "estas", "ese", "esa", "esos", "esas", "aquel", "aquella",
        "su", "sus", "le", "les", "ambos", "ambas", "nosotros", "yo", "nuestro", "nuestra", "mi", "mis", "lo", "allí", "ahí", "aquí", "dicho", "dicha", "tal", "tales",
    ],
    connectives: &[
        "pero", "y", "o", "ni", "sino", "sin embargo", "no obstante", "además", "también", "asimismo", "por tanto", "por lo tanto", "así", "así que", "por eso",
        "por ello", "en cambio", "por otra parte", "por otro lado", "por su parte", "mientras tanto", "entretanto", "entonces", "luego", "después", "finalmente",
        "por ejemplo", "es decir", "en efecto", "de hecho", "aun así", "a su vez", "en consecuencia", "por último", "tampoco", "en tanto",
    ],
    fresh: &[],
    same_person: &[&["él"], &["ella"]],
    times: &["semana", "año", "mes", "mañana", "tarde", "noche"],
    speakers: &["nosotros", "yo", "nuestro", "nuestra", "mi", "mis"],
    writer: &["yo", "mi", "mis", "nosotros", "nuestro", "nuestra", "nuestros", "nuestras", "usted", "ustedes"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static ITALIAN: Openers = Openers {
    pronouns: &[
        "egli", "ella", "lui", "lei", "loro", "essi", "esse", "esso", "essa", "questo", "questa", "questi", "queste", "quello", "quella", "quelli", "quelle", "ciò",
        "suo", "sua", "suoi", "sue", "entrambi", "entrambe", "noi", "io", "nostro", "nostra", "mio", "mia", "lì", "là", "qui", "tale", "tali", "quest'ultimo", "quest'ultima",
    ],
    connectives: &[
        "ma", "e", "ed", "o", "oppure", "né", "però", "tuttavia", "inoltre", "anche", "quindi", "dunque", "perciò", "pertanto", "così", "infatti", "invece",
        "intanto", "nel frattempo", "poi", "infine", "ad esempio", "per esempio", "al contrario", "d'altra parte", "dal canto suo", "eppure", "allora", "dopodiché",
    ],
    fresh: &[],
    same_person: &[&["lui", "egli"], &["lei", "ella"]],
    times: &["settimana", "anno", "mese", "mattina", "sera", "notte"],
    speakers: &["noi", "io", "nostro", "nostra", "mio", "mia"],
    writer: &["io", "mio", "mia", "noi", "nostro", "nostra", "nostri", "nostre", "voi", "vostro", "vostra"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static PORTUGUESE: Openers = Openers {
    pronouns: &[
        "ele", "ela", "eles", "elas", "isto", "isso", "aquilo", "este", "esta", "estes", "estas", "esse", "essa", "esses", "essas", "aquele", "aquela", "seu", "sua",
        "seus", "suas", "lhe", "lhes", "ambos", "ambas", "nós", "eu", "nosso", "nossa", "meu", "minha", "lá", "ali", "aqui", "tal", "tais", "nesse", "nessa", "neste", "nesta",
    ],
    connectives: &[
        "mas", "e", "ou", "nem", "porém", "contudo", "todavia", "no entanto", "entretanto", "além disso", "também", "portanto", "assim", "por isso", "por outro lado",
        "por sua vez", "enquanto isso", "então", "depois", "finalmente", "por fim", "por exemplo", "ou seja", "de fato", "ainda assim", "já",
    ],
    fresh: &[],
    same_person: &[&["ele"], &["ela"]],
    times: &["semana", "ano", "mês", "manhã", "tarde", "noite"],
    speakers: &["nós", "eu", "nosso", "nossa", "meu", "minha"],
    writer: &["eu", "meu", "minha", "nós", "nosso", "nossa", "nossos", "nossas", "você", "vocês"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static DUTCH: Openers = Openers {
    pronouns: &[
        "hij", "zij", "ze", "het", "dit", "dat", "deze", "die", "zijn", "haar", "hun", "hem", "hen", "beide", "beiden", "wij", "we", "ik", "ons", "onze", "mijn", "hier",
        "daar", "daarbij", "daarmee", "daarna", "daarop", "daarvoor", "daarin", "hierbij", "hierdoor", "daardoor", "zulke", "dezelfde", "hetzelfde", "er",
    ],
    connectives: &[
        "maar", "en", "of", "want", "dus", "echter", "toch", "ook", "bovendien", "daarnaast", "daarom", "verder", "intussen", "ondertussen", "vervolgens", "ten slotte",
        "bijvoorbeeld", "desondanks", "niettemin", "toen", "dan", "integendeel", "zo", "later",
    ],
    fresh: &[],
    same_person: &[&["hij"], &["zij"]],
    times: &["week", "maand", "jaar", "ochtend", "avond"],
    speakers: &["wij", "we", "ik", "ons", "onze", "mijn"],
    writer: &["ik", "mij", "mijn", "wij", "ons", "onze", "jullie"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static SCANDINAVIAN: Openers = Openers {
    pronouns: &[
        "han", "hon", "hun", "det", "de", "den", "denne", "denna", "detta", "dette", "dessa", "disse", "hans", "hennes", "hendes", "deras", "deres", "vi", "jag", "jeg",
        "vår", "vores", "min", "mitt", "mit", "där", "der", "här", "her", "sådan", "begge", "båda", "dem", "hende", "honom", "ham", "dess", "dens", "dets",
    ],
    connectives: &[
        "men", "och", "og", "eller", "dock", "dog", "också", "även", "dessutom", "desuden", "dessuten", "därför", "derfor", "därmed", "samtidigt", "samtidig", "sedan",
        "så", "då", "da", "til gengæld", "imidlertid", "ändå", "alligevel", "likevel", "till exempel", "til eksempel", "for eksempel", "däremot", "derimod", "derimot", "senare", "senere",
    ],
    fresh: &[],
    same_person: &[&["han"], &["hon", "hun"]],
    times: &["vecka", "uke", "uge"],
    speakers: &["vi", "jag", "jeg", "vår", "vores", "min", "mitt", "mit"],
    writer: &["jag", "jeg", "mig", "meg", "mitt", "vår", "vårt", "våra", "vores", "vore"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static RUSSIAN: Openers = Openers {
    pronouns: &[
        "он", "она", "оно", "они", "это", "этот", "эта", "эти", "этого", "этой", "этом", "его", "её", "ее", "их", "ему", "ей", "им", "тот", "та", "те", "такой", "такая",
        "такие", "там", "здесь", "тут", "оба", "обе", "я", "мы", "наш", "наша", "наши", "мой", "моя", "при этом", "об этом", "в этом", "по его", "по её", "по ее", "по их", "у него", "у нее", "у них",
    ],
    connectives: &[
        "но", "и", "а", "или", "однако", "зато", "также", "кроме того", "поэтому", "тем не менее", "при этом", "затем", "потом", "тогда", "так", "таким образом",
        "например", "впрочем", "между тем", "тем временем", "в свою очередь", "в то же время", "с другой стороны", "наконец", "кстати", "ранее", "позже", "причем", "причём",
    ],
    fresh: &[],
    same_person: &[&["он"], &["она"]],
    times: &[],
    speakers: &["я", "мы", "наш", "наша", "наши", "мой", "моя"],
    writer: &["я", "мой", "моя", "мне", "мы", "нас", "нам", "наш", "наша", "наши", "вы", "вам", "вас"],
    everybodys: &[],
    ..NONE
};

#[rustfmt::skip]
static VIETNAMESE: Openers = Openers {
    pronouns: &[
        "nó", "họ", "chúng", "ông ấy", "bà ấy", "anh ấy", "cô ấy", "anh ta", "cô ta", "ông ta", "bà ta", "ông này", "điều này", "điều đó", "việc này", "việc đó", "đây là", "đó là", "đây cũng", "đó cũng",
        "theo đó", "trước đó", "sau đó", "từ đó", "khi đó", "lúc đó", "cả hai", "những người này", "trong số này", "trong số đó",
    ],
    connectives: &[
        "tuy nhiên", "trong đó", "còn", "ngoài ra", "bên cạnh đó", "do đó", "vì vậy", "vì thế", "đồng thời", "mặt khác", "trong khi đó", "cụ thể", "nhưng", "và", "song", "thế nhưng", "hơn nữa",
        "thêm vào đó", "chẳng hạn", "ví dụ", "thậm chí", "đặc biệt", "ngược lại", "tiếp đó", "mặc dù vậy", "dù vậy", "qua đó", "nhờ đó",
    ],
    fresh: &[],
    same_person: &[],
    ..NONE
};

#[rustfmt::skip]
static CHINESE: Openers = Openers {
    pronouns: &["他", "她", "它", "这", "這", "那", "此", "其", "该", "該", "双方", "雙方", "两人", "兩人", "我", "你"],
    connectives: &[
        "但", "然而", "不过", "不過", "因此", "所以", "而且", "此外", "同时", "同時", "另外", "并且", "並且", "于是", "於是", "而", "并", "並", "另一方面", "与此同时", "與此同時", "随后", "隨後", "之后", "之後",
        "后来", "後來",
    ],
    fresh: &[],
    same_person: &[],
    ..NONE
};

#[rustfmt::skip]
static JAPANESE: Openers = Openers {
    pronouns: &["彼", "これ", "それ", "この", "その", "ここ", "そこ", "こうした", "同社", "同氏", "同局", "同署", "同市", "同国", "両者", "両社", "うち", "私", "僕", "あなた"],
    connectives: &[
        "しかし", "だが", "また、", "さらに", "一方", "そして", "それでも", "だから", "したがって", "従って", "つまり", "例えば", "たとえば", "ところが", "すると", "次いで", "続いて", "加えて", "ただ、", "ただし", "なお、",
        "ほか、", "でも、", "とはいえ",
    ],
    ..NONE
};

/// Of pronouns those alone, or with a verb, that no name of a place begins with: `เขา` is a mountain, too.
#[rustfmt::skip]
static THAI: Openers = Openers {
    pronouns: &["เขากล่าว", "เขาระบุ", "เขายัง", "เขาบอก", "เขาเล่า", "เขาเปิดเผย", "เธอ", "พวกเขา", "ผม", "ดิฉัน", "เหตุการณ์ดังกล่าว", "เรื่องนี้", "กรณีนี้", "ทั้งสอง", "ทั้งคู่"],
    connectives: &[
        "ทั้งนี้", "อย่างไรก็ตาม", "อย่างไรก็ดี", "นอกจากนี้", "นอกจากนั้น", "ขณะที่", "ขณะเดียวกัน", "ดังนั้น", "ต่อมา", "จากนั้น", "และ", "แต่", "โดย", "ซึ่ง", "ส่วน", "เพราะ",
    ],
    ..NONE
};

#[cfg(test)]
mod tests {
    use super::Openers;

    #[test]
    fn every_entry_is_in_lower_case_and_has_the_straight_apostrophe() {
        for code in ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "ru", "vi"] {
            let table = Openers::of(code);
            let lists = [
                table.pronouns,
                table.connectives,
                table.times,
                table.persons,
                table.writer,
                table.prepositions,
                table.pointers,
            ];
            for entry in lists.into_iter().flatten() {
                assert_eq!(entry.to_lowercase().replace('’', "'"), *entry, "{code}");
            }
        }
    }
}

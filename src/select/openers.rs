//! Words that lean on the sentence before, a table a language. All in lower case.
//!
//! A new language is one more [`Openers`] and one line in [`Openers::of`].

/// How sentences of one language open that do not stand alone.
pub(super) struct Openers {
    /// Pronouns and the like that stand for something said before.
    pub pronouns: &'static [&'static str],
    /// Words and phrases that connect to what was said before.
    pub connectives: &'static [&'static str],
    /// What follows a pronoun that is none: `this week`.
    pub times: &'static [&'static str],
    /// Pronouns for one person, wherever they stand.
    pub persons: &'static [&'static str],
}

impl Openers {
    /// The table of a language, by its code; an empty one where there is none.
    pub fn of(code: &str) -> &'static Self {
        match code {
            "en" => &ENGLISH,
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "it" => &ITALIAN,
            "pt" => &PORTUGUESE,
            "nl" => &DUTCH,
            "sv" | "da" | "no" => &SCANDINAVIAN,
            "ru" => &RUSSIAN,
            _ => &NONE,
        }
    }
}

static NONE: Openers = Openers { pronouns: &[], connectives: &[], times: &[], persons: &[] };

#[rustfmt::skip]
static ENGLISH: Openers = Openers {
    pronouns: &[
        "he", "he's", "he'd", "he'll", "she", "she's", "she'd", "she'll", "they", "they're", "they've", "they'd", "they'll",
        "it", "it's", "it'd", "it'll", "this", "these", "those", "that", "that's", "his", "her", "hers", "their", "theirs",
        "its", "him", "them", "such", "both", "neither", "we", "we're", "we've", "we'll", "we'd", "our", "i", "i'm", "i've",
        "my", "you", "your", "you're", "one such", "in one such", "in such", "the same", "the latter", "the former",
        "the pair", "the duo", "the trio", "one of them", "some of them", "most of them", "many of them", "all of them",
        "none of them", "either of them", "two of them", "several of them", "each of them", "in it", "in this", "in that",
        "of those", "of these", "among them", "among those", "at that", "by then", "since then", "until then", "at this",
        "here", "what", "here's", "there,", "doing so", "to do so", "to that end", "in doing so", "with that", "with this",
        "after this", "before this", "before that", "on that", "on this", "for this", "for that", "from there", "under this",
        "the others", "others", "another", "the other", "the second", "the third", "a third", "a second", "all this", "all that",
        "despite that", "by that", "about that", "none of this", "part of that", "part of this", "most of that", "much of that",
    ],
    connectives: &[
        "but", "and", "or", "nor", "so", "yet", "however", "meanwhile", "also", "still", "therefore", "thus", "hence",
        "moreover", "furthermore", "additionally", "besides", "instead", "nevertheless", "nonetheless", "otherwise",
        "likewise", "similarly", "consequently", "accordingly", "then", "indeed", "finally", "elsewhere", "separately",
        "afterward", "afterwards", "later", "plus", "though", "conversely", "rather", "again", "overall", "specifically", "regardless",
        "in addition", "for example", "for instance", "as a result", "in contrast", "by contrast", "on the other hand",
        "in other words", "that said", "at the same time", "in turn", "in fact", "of course", "to be sure", "after that",
        "even so", "even then", "as such", "in response", "because of this", "because of that", "despite this", "on top of",
        "in the meantime", "in short", "in summary", "in conclusion", "more importantly", "most importantly", "what's more",
        "not only that", "even more", "worse", "above all", "after all", "as for", "apart from that", "aside from that",
        "beyond that", "or else", "if so", "if not", "as usual", "no wonder", "yes", "no,", "well,", "now,", "sure,", "oh,",
        "the reason", "the result", "that is why", "this is why", "which",
    ],
    times: &["week", "month", "year", "morning", "afternoon", "evening", "spring", "summer", "autumn", "fall", "winter", "weekend"],
    persons: &["he", "he's", "he'd", "he'll", "she", "she's", "she'd", "she'll", "him", "his", "her", "hers", "himself", "herself"],
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
    times: &[],
    persons: &[],
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
    times: &["semaine", "année", "nuit"],
    persons: &[],
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
    times: &["semana", "año", "mes", "mañana", "tarde", "noche"],
    persons: &[],
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
    times: &["settimana", "anno", "mese", "mattina", "sera", "notte"],
    persons: &[],
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
    times: &["semana", "ano", "mês", "manhã", "tarde", "noite"],
    persons: &[],
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
    times: &["week", "maand", "jaar", "ochtend", "avond"],
    persons: &[],
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
    times: &["vecka", "uke", "uge"],
    persons: &[],
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
    times: &[],
    persons: &[],
};

#[cfg(test)]
mod tests {
    use super::Openers;

    #[test]
    fn every_entry_is_in_lower_case_and_has_the_straight_apostrophe() {
        for code in ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "ru"] {
            let table = Openers::of(code);
            for entry in table.pronouns.iter().chain(table.connectives).chain(table.times).chain(table.persons) {
                assert_eq!(entry.to_lowercase().replace('’', "'"), *entry, "{code}");
            }
        }
    }
}

//! Marks of writing: what ends a sentence, what opens and closes a quotation. One table for all stages.

/// How a sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A full stop: may belong to a word.
    Period,
    /// An ellipsis, in one character or several full stops.
    Ellipsis,
    /// A mark that never belongs to a word: a question or exclamation mark, a stop of a script with spaces.
    Call,
    /// A stop of a script that puts no space behind it.
    Wide,
}

/// What a character ends, if anything.
pub fn stop(c: char) -> Option<Stop> {
    match c {
        '.' => Some(Stop::Period),
        '…' | '‥' => Some(Stop::Ellipsis),
        '!' | '?' | '؟' | '۔' | '։' | '‼' | '⁇' | '⁈' | '⁉' => Some(Stop::Call),
        '。' | '！' | '？' | '．' | '｡' | '।' | '॥' | '።' | '፧' | '፨' | '។' | '៕' | '။' | '།' => {
            Some(Stop::Wide)
        }
        _ => None,
    }
}

/// Whether a character asks.
pub fn asks(c: char) -> bool {
    matches!(c, '?' | '？' | '؟' | '፧' | '⁇' | '⁈')
}

/// Whether a character can stand in front of the first word of a sentence: a quotation mark or bracket, of Markdown's
/// emphasis too.
pub fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '"'
            | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '»'
            | '›'
            | '”'
            | '’'
            | '¿'
            | '¡'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '〈'
            | '〔'
            | '［'
            | '｢'
            | '〝'
            | '*'
            | '_'
    )
}

/// Whether a character can stand behind the stop of a sentence.
pub fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '"'
            | '\''
            | '”'
            | '’'
            | '“'
            | '‘'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '］'
            | '｣'
            | '〞'
            | '〟'
            | '*'
            | '_'
    )
}

/// Whether a character can stand in front of the first word of a sentence: what [`opens`], and white space.
pub fn opens_or_parts(c: char) -> bool {
    opens(c) || c.is_whitespace()
}

/// Whether a character can stand behind the stop of a sentence: what [`closes`], and white space.
pub fn closes_or_parts(c: char) -> bool {
    closes(c) || c.is_whitespace()
}

/// Whether a bracket or quotation mark closes whatever the language; the others of [`closes`] open in some.
pub fn closes_only(c: char) -> bool {
    closes(c) && !matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹')
}

/// Whether `mark` closes the quotation that `opener` opened: `“…”`, `„…“`, `«…»`, `»…«`, `”…”`, `「…」`, `"…"`.
pub fn closes_quotation(opener: char, mark: char) -> bool {
    match opener {
        '“' => mark == '”',
        '„' => matches!(mark, '“' | '”'),
        '«' => mark == '»',
        '»' => matches!(mark, '«' | '»'),
        '「' => mark == '」',
        '『' => mark == '』',
        '”' | '"' => mark == opener,
        _ => false,
    }
}

/// Whether a quotation mark between two characters opens a quotation. Some marks open in one language and close in
/// another: `”` and `»` open where white space, a bracket or nothing stands before and a letter or digit behind.
pub fn opens_quotation(mark: char, before: Option<char>, behind: Option<char>) -> bool {
    match mark {
        '“' | '„' | '«' | '「' | '『' | '"' => true,
        '”' | '»' => {
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '–' | '—'))
                && behind.is_some_and(char::is_alphanumeric)
        }
        _ => false,
    }
}

/// [`char::is_alphanumeric`], faster for the quotation marks and dashes that most texts have.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206F}') && c.is_alphanumeric()
}

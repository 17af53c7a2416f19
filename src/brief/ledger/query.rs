//! What a person types into a search in, an expression of SQLite's full-text search out that cannot be wrong.
//!
//! All words must be there. `"cut off"` in quotation marks stands side by side, `ferr*` begins so; all else that means
//! something to FTS5 (`NEAR`, `OR`, `-`, parentheses, columns) is a word like others.

/// More words than this are not looked for: nobody types so many, and each costs a look into the index.
const MOST_TERMS: usize = 32;

/// The expression, or nothing where there is not a word in the query.
pub(super) fn expression(query: &str) -> Option<String> {
    let mut terms = Vec::new();
    // Every second piece stands in quotation marks; the last pair may be left open.
    for (index, piece) in query.split('"').enumerate() {
        if index % 2 == 1 {
            terms.extend(term(piece, false));
        } else {
            terms.extend(piece.split_whitespace().filter_map(|word| term(word, word.ends_with('*'))));
        }
    }
    terms.truncate(MOST_TERMS);
    if terms.is_empty() { None } else { Some(terms.join(" ")) }
}

/// A phrase as FTS5 reads it; nothing if there is no letter and no digit in it, for that is in no text.
fn term(words: &str, prefix: bool) -> Option<String> {
    if !words.contains(char::is_alphanumeric) {
        return None;
    }
    // FTS5 ends at a NUL. Quotation marks cannot be in here: they are what the query was split at.
    let words = words.trim_end_matches('*').replace(char::is_control, " ");
    Some(format!("\"{words}\"{}", if prefix { "*" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_beginnings_are_told_apart() {
        for (query, made) in [
            ("ferries  storm", "\"ferries\" \"storm\""),
            ("\"cut off\" islands", "\"cut off\" \"islands\""),
            ("ferr*", "\"ferr\"*"),
            ("\"left open", "\"left open\""),
            ("title:a OR (b) -c NEAR", "\"title:a\" \"OR\" \"(b)\" \"-c\" \"NEAR\""),
            ("a\0b", "\"a b\""),
        ] {
            assert_eq!(expression(query).as_deref(), Some(made), "{query}");
        }
        for nothing in ["", "  ", "\"", "\"\"", "*", "!!! ???"] {
            assert_eq!(expression(nothing), None, "{nothing}");
        }
    }
}

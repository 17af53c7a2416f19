//! Broken JSON in, JSON that can be read out, mostly.
//!
//! Templates write JSON-LD as text, so that line breaks and quotation marks of a headline stand in it as they are, a
//! comma follows the last item, the block is wrapped as a comment, its quotation marks are entities, or its end is
//! missing.

/// Mends a block in one pass.
pub(super) fn mended(block: &str) -> String {
    let unwrapped = unwrapped(block);
    let source = if unwrapped.contains("&quot;") && !unwrapped.contains('"') {
        unwrapped.replace("&quot;", "\"").replace("&amp;", "&")
    } else {
        unwrapped.to_owned()
    };
    let mut mended = String::with_capacity(source.len() + 8);
    // The brackets that are open, as they will be closed.
    let mut open: Vec<char> = Vec::new();
    let mut chars = source.char_indices();
    let mut is_text = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if is_text => {
                // What no escape begins with stands for itself.
                match source[at + 1..].chars().next() {
                    Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                        mended.push('\\');
                        mended.extend(chars.next().map(|(_, escaped)| escaped));
                    }
                    _ => mended.push_str("\\\\"),
                }
            }
            '"' if is_text && !ends_text(&source[at + 1..]) => mended.push_str("\\\""),
            '"' => {
                is_text = !is_text;
                mended.push('"');
            }
            _ if is_text && c.is_control() => mended.push(' '),
            _ if is_text => mended.push(c),
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                mended.push(c);
            }
            '}' | ']' => {
                drop_comma(&mut mended);
                open.pop();
                mended.push(c);
            }
            ';' => {}
            _ => mended.push(c),
        }
    }
    if is_text {
        mended.push('"');
    }
    if !open.is_empty() {
        drop_comma(&mut mended);
        if mended.trim_end().ends_with(':') {
            mended.push_str("null");
        }
        mended.extend(open.iter().rev());
    }
    mended
}

/// A block without what it is wrapped in: comments of HTML and of scripts, CDATA.
fn unwrapped(block: &str) -> &str {
    let start = block.find(['{', '[']).unwrap_or(0);
    // `<![CDATA[` has a bracket of its own.
    let start = block.find("CDATA[").map_or(start, |at| {
        let behind = at + "CDATA[".len();
        if at < start + "CDATA[".len() { behind + block[behind..].find(['{', '[']).unwrap_or(0) } else { start }
    });
    let block = &block[start..];
    let block = block.trim_end();
    let ends = ["-->", "//]]>", "]]>", "/*", "*/", "//", ";"];
    let mut rest = block;
    while let Some(shorter) = ends.iter().find_map(|end| rest.strip_suffix(end)) {
        rest = shorter.trim_end();
    }
    rest
}

/// Whether a quotation mark ends a text, by what follows it.
fn ends_text(behind: &str) -> bool {
    behind.trim_start().starts_with([',', ':', '}', ']']) || behind.trim().is_empty()
}

fn drop_comma(json: &mut String) {
    let end = json.trim_end().len();
    if json[..end].ends_with(',') {
        json.truncate(end - 1);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(block: &str) -> Value {
        serde_json::from_str(&mended(block)).unwrap_or_else(|error| panic!("{error}: {}", mended(block)))
    }

    #[test]
    fn what_templates_break_is_mended() {
        let expected = json!({"headline": "Ferry hits pier", "author": ["Anna Holm"]});
        for block in [
            r#"{"headline": "Ferry hits pier", "author": ["Anna Holm",],}"#,
            "{\"headline\": \"Ferry hits\npier\", \"author\": [\"Anna Holm\"]};",
            "<!-- {\"headline\": \"Ferry hits pier\", \"author\": [\"Anna Holm\"]} -->",
            "//<![CDATA[\n{\"headline\": \"Ferry hits pier\", \"author\": [\"Anna Holm\"]}\n//]]>",
            "/* <![CDATA[ */ {\"headline\": \"Ferry hits pier\", \"author\": [\"Anna Holm\"]} /* ]]> */",
            "{&quot;headline&quot;: &quot;Ferry hits pier&quot;, &quot;author&quot;: [&quot;Anna Holm&quot;]}",
            r#"{"headline": "Ferry hits pier", "author": ["Anna Holm"#,
        ] {
            assert_eq!(read(block), expected, "{block}");
        }
    }

    #[test]
    fn quotation_marks_within_a_text_and_stray_backslashes_are_escaped() {
        let block = r#"{"headline": "Mayor: "No ferry" today", "description": "10\% of it"}"#;
        assert_eq!(read(block), json!({"headline": "Mayor: \"No ferry\" today", "description": "10\\% of it"}));
    }

    #[test]
    fn what_is_cut_off_is_closed() {
        assert_eq!(read(r#"{"a": [{"b": 1}, {"c":"#), json!({"a": [{"b": 1}, {"c": null}]}));
        assert_eq!(read(r#"[1, 2,"#), json!([1, 2]));
    }

    #[test]
    fn long_blocks_of_quotation_marks_take_no_longer_than_they_are() {
        let block = format!("{{\"a\": {}", "\" ".repeat(100_000));
        assert!(mended(&block).len() < 4 * block.len());
    }
}

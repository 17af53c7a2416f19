//! The bytes of a `robots.txt` in, which paths may be fetched out (RFC 9309).

use memchr::memmem::{find, rfind};

use super::address::unescaped;

/// The name by which rules are looked for: what the field `User-Agent` begins with.
const PRODUCT_TOKEN: &str = "epitome";

/// More of a file is not read; the RFC asks for so much at least (section 2.5).
const READ: usize = 500 << 10;

/// What a server allows robots of our name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Robots {
    /// All: there are no rules.
    All,
    /// Nothing: the rules could not be had.
    Nothing,
    /// What the rules say.
    Rules(Vec<Rule>),
}

/// A rule for the paths that match a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// In which `*` is anything, and `$` at the end is the end.
    pattern: Vec<u8>,
    allows: bool,
}

impl Robots {
    /// Reads the rules: those for our name, of all groups together; where there are none, those for `*`.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(READ)];
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes);
        let (mut ours, mut anybodys) = (None::<Vec<Rule>>, Vec::new());
        let (mut for_us, mut for_anybody, mut in_rules) = (false, false, true);
        for (key, value) in text.split(['\n', '\r']).filter_map(key_and_value) {
            let allows = match key.as_str() {
                "user-agent" => {
                    if in_rules {
                        (for_us, for_anybody, in_rules) = (false, false, false);
                    }
                    for_us |= product_token(value).eq_ignore_ascii_case(PRODUCT_TOKEN);
                    for_anybody |= value == "*";
                    if for_us {
                        ours.get_or_insert_default();
                    }
                    continue;
                }
                "allow" => true,
                "disallow" => false,
                // Other records, `Sitemap` among them, do not end a group.
                _ => continue,
            };
            in_rules = true;
            let rule = Rule { pattern: normal(value), allows };
            if rule.pattern.is_empty() {
                continue;
            }
            if for_anybody {
                anybodys.push(rule.clone());
            }
            if let Some(ours) = ours.as_mut().filter(|_| for_us) {
                ours.push(rule);
            }
        }
        Self::Rules(ours.unwrap_or(anybodys))
    }

    /// Whether a path, with its query, may be fetched: by the rule with the longest pattern, and of two equally long
    /// ones by the one that allows.
    pub(super) fn allow(&self, path: &str) -> bool {
        let rules = match self {
            Self::All => return true,
            Self::Nothing => return path == "/robots.txt",
            Self::Rules(rules) => rules,
        };
        let path = normal(path);
        let matching = rules.iter().filter(|rule| matches(&rule.pattern, &path));
        let strongest = matching.max_by_key(|rule| (rule.pattern.len(), rule.allows));
        path == b"/robots.txt" || strongest.is_none_or(|rule| rule.allows)
    }
}

/// A record of a line, without a comment; the key in lower case.
fn key_and_value(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split('#').next()?.split_once(':')?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// The part of a name that counts: `epitome` of `epitome/1.0`.
fn product_token(value: &str) -> &str {
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_'))).unwrap_or(value.len());
    &value[..end]
}

/// A path or a pattern as it is compared (section 2.2.2): letters that need no `%` without one, all others with one, in
/// capitals.
fn normal(path: &str) -> Vec<u8> {
    let (bytes, mut normal, mut at) = (path.as_bytes(), Vec::with_capacity(path.len()), 0);
    let escape = |byte: u8| format!("%{byte:02X}").into_bytes();
    while at < bytes.len() {
        let escaped = path.get(at..at + 3).map(unescaped).filter(|one| bytes[at] == b'%' && one.len() == 1);
        match escaped.as_deref() {
            Some([byte]) if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) => normal.push(*byte),
            Some([byte]) => normal.extend(escape(*byte)),
            _ if bytes[at].is_ascii_graphic() => normal.push(bytes[at]),
            _ => normal.extend(escape(bytes[at])),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    normal
}

/// Whether a path begins as a pattern says. What stands between asterisks is looked for from left to right, each as
/// early as it can be: no second attempt is needed, and the time is that of reading the path once.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_the_end) = pattern.strip_suffix(b"$").map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut last = None;
    for piece in pieces {
        if let Some(piece) = last.replace(piece) {
            let Some(at) = find(rest, piece) else { return false };
            rest = &rest[at + piece.len()..];
        }
    }
    match last {
        None => rest.is_empty() || !to_the_end,
        Some(piece) if to_the_end => rest.ends_with(piece),
        Some(piece) => rfind(rest, piece).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        Robots::parse(robots.as_bytes()).allow(path)
    }

    #[test]
    fn the_longest_pattern_wins_and_of_two_the_one_that_allows() {
        let robots =
            "User-agent: *\nDisallow: /news\nAllow: /news/today\nDisallow: /news/today/paid\nAllow: /x\nDisallow: /x";
        for path in ["/", "/new", "/news/today/ferry", "/x", "/robots.txt"] {
            assert!(allows(robots, path), "{path}");
        }
        for path in ["/news", "/newspaper", "/news/", "/news/today/paid/1"] {
            assert!(!allows(robots, path), "{path}");
        }
    }

    #[test]
    fn asterisks_are_anything_and_a_dollar_is_the_end() {
        let matches = |pattern: &str, path: &str| super::matches(pattern.as_bytes(), path.as_bytes());
        assert!(matches("/*.pdf$", "/a/b.pdf") && !matches("/*.pdf$", "/a/b.pdf?x") && !matches("/*.pdf$", "/pdf"));
        assert!(matches("/a*b*c", "/a-b-b-c-d") && !matches("/a*b*c", "/a-c-b"));
        assert!(matches("/$", "/") && !matches("/$", "/a") && matches("*", "/") && matches("/a**", "/a"));
        assert!(matches("/a*b$", "/ab-b") && matches("*/x", "/y/x/z") && matches("", "/"));
    }

    #[test]
    fn rules_for_our_name_stand_in_for_those_for_anybody() {
        let robots = "\u{feff}User-Agent: *\r\nDisallow: /\r\n\r\nuser-agent: other\r\nUSER-AGENT: Epitome/2 # us\r\n\
                      Sitemap: https://example.org/map\r\ndisallow: /paid\r\nUser-agent: *\nDisallow: /y\n\
                      User-agent: epitome\nDisallow: /x";
        assert!(allows(robots, "/news") && allows(robots, "/y"));
        assert!(!allows(robots, "/paid") && !allows(robots, "/x"));
        assert!(
            allows("User-agent: epitome\nDisallow:\n\nUser-agent: *\nDisallow: /", "/news"),
            "an empty rule forbids nothing"
        );
        assert!(allows("User-agent: epitomes\nDisallow: /", "/news"));
        assert!(allows("Disallow: /\nnonsense\n", "/news"), "a rule for nobody");
        assert!(allows("", "/news"));
    }

    #[test]
    fn letters_are_compared_however_they_are_written() {
        assert!(!allows("User-agent: *\nDisallow: /f%C3%A4hre", "/fähre"));
        assert!(!allows("User-agent: *\nDisallow: /fähre", "/f%c3%a4hre"));
        assert!(!allows("User-agent: *\nDisallow: /%66erry", "/ferry"));
        assert!(allows("User-agent: *\nDisallow: /a%2Fb", "/a/b"));
        assert!(allows("User-agent: *\nDisallow: /100%", "/100"));
    }

    #[test]
    fn a_long_file_of_asterisks_takes_no_time() {
        let robots = format!("User-agent: *\n{}", "Disallow: /*a*a*a*a*a*a*a*a*a*a*b$\n".repeat(20_000));
        assert!(allows(&robots, &format!("/{}", "a".repeat(2_000))));
    }

    #[test]
    fn rules_that_could_not_be_had_allow_nothing() {
        assert!(Robots::All.allow("/news") && !Robots::Nothing.allow("/news") && Robots::Nothing.allow("/robots.txt"));
    }
}

//! A relative address and the one that it is relative to in, an absolute one out (RFC 3986, section 5.2).

/// No page that is to be found has a longer address (the protocol of site maps allows 2,048 characters). A longer one is
/// no base, lest a document have it before each of its links.
pub(super) const LONGEST_BASE: usize = 2048;

/// The address that a reference means in a document with this base; without a base it stays as it stands.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> String {
    let base = base.filter(|base| base.len() <= LONGEST_BASE);
    let Some((scheme, rest)) = base.and_then(split_scheme).filter(|_| split_scheme(reference).is_none()) else {
        return reference.to_owned();
    };
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (authority, path) = match rest.strip_prefix("//") {
        Some(host) => rest.split_at(2 + host.find(['/', '?']).unwrap_or(host.len())),
        None => ("", rest),
    };
    let (path, _) = path.split_at(path.find('?').unwrap_or(path.len()));
    let full = match reference.chars().next() {
        None => return format!("{scheme}:{rest}"),
        Some('#') => return format!("{scheme}:{rest}{reference}"),
        Some('?') => format!("{path}{reference}"),
        Some('/') => without_dots(reference),
        Some(_) => {
            let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
            without_dots(&format!("{folder}{reference}"))
        }
    };
    format!("{scheme}:{authority}{full}")
}

/// The scheme of an absolute address, and what stands behind its colon.
pub(super) fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let fits = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (begins && fits).then_some((scheme, rest))
}

/// A path in which `.` and `..` have been gone.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}{query}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_address_is_resolved_against_its_base() {
        let base = Some("https://harbour.example/news/2031/index.xml?page=2#top");
        let cases = [
            ("ferry.html", "https://harbour.example/news/2031/ferry.html"),
            ("./ferry.html", "https://harbour.example/news/2031/ferry.html"),
            ("../pier?a=../b", "https://harbour.example/news/pier?a=../b"),
            ("../../../..", "https://harbour.example/"),
            ("/pier", "https://harbour.example/pier"),
            ("//mirror.example/pier", "https://mirror.example/pier"),
            ("?page=3", "https://harbour.example/news/2031/index.xml?page=3"),
            ("#end", "https://harbour.example/news/2031/index.xml?page=2#end"),
            ("", "https://harbour.example/news/2031/index.xml?page=2"),
            ("mailto:desk@harbour.example", "mailto:desk@harbour.example"),
        ];
        for (reference, address) in cases {
            assert_eq!(resolve(base, reference), address, "{reference}");
        }
        assert_eq!(resolve(Some("https://harbour.example"), "pier"), "https://harbour.example/pier");
        assert_eq!(resolve(None, "pier"), "pier");
    }
}

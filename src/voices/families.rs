//! Names of outlets in, keys that are the same for the same publisher out.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::model::Family;

/// Which publisher an outlet is of.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// For each outlet of a family the family.
    of: FxHashMap<u64, u64>,
}

impl Families {
    /// The outlets of some families; one that several have is of the first.
    pub fn new(families: &[Family]) -> Self {
        let mut of = FxHashMap::default();
        for family in families {
            let Some(name) = key(&family.name) else { continue };
            for outlet in family.members.iter().chain([&family.name]).filter_map(|member| key(member)) {
                of.entry(outlet).or_insert(name);
            }
        }
        Self { of }
    }

    /// The key of an outlet's publisher; `None` for a name without a letter or digit.
    pub fn publisher(&self, outlet: &str) -> Option<u64> {
        let outlet = key(outlet)?;
        Some(self.of.get(&outlet).copied().unwrap_or(outlet))
    }
}

/// Endings of hosts that say nothing of who is there, the longer of two first.
const ENDINGS: &[&str] = &[
    ".co.uk", ".com.au", ".co.nz", ".co.za", ".co.in", ".com.br", ".com.vn", ".co.jp", ".com", ".org", ".net", ".info",
    ".co",
];

/// Words before and behind the name of a paper that name one of its editions, the longer of two first.
const EDITIONS: &[&str] =
    &["on sunday", "on saturday", "sunday", "saturday", "weekend edition", "weekend", "online", "digital", "live"];

/// The name of a paper without that of its edition or its section, in small letters: `lenn herald` of `sunday lenn herald`, `lenn
/// herald online` and `lenn herald: the isles`. A name that is one word otherwise is left as it is: `sunday world` may be no
/// edition of `world`.
fn paper(name: &str) -> &str {
    let is_name = |name: &&str| name.trim().contains(' ');
    let parted =
        [": ", " – ", " — ", " | ", " - "].iter().filter_map(|mark| name.split_once(mark)).map(|(paper, _)| paper);
    let mut paper = parted.filter(is_name).min_by_key(|paper| paper.len()).unwrap_or(name).trim();
    for edition in EDITIONS {
        let behind = paper.strip_suffix(edition).filter(|rest| rest.ends_with(' '));
        let before = || paper.strip_prefix(edition).filter(|rest| rest.starts_with(' '));
        paper = behind.or_else(before).filter(is_name).unwrap_or(paper).trim();
    }
    paper
}

/// A name as a number: letters and digits alone count, in small letters, without *The* and without what hosts begin and end
/// with, so that `The Harbour Post`, `HARBOUR POST` and `www.harbourpost.com` are one.
pub(super) fn key(name: &str) -> Option<u64> {
    let lower = name.trim().to_lowercase();
    let name = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let name = name.strip_prefix("www.").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    let name = name.trim_end_matches('/');
    let name = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let name = paper(name);
    let mut hasher = FxHasher::default();
    let mut letters = 0;
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        hasher.write_u32(c.into());
        letters += 1;
    }
    (letters > 0).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_publisher() {
        let families = Families::default();
        let post = families.publisher("The Harbour Post");
        for same in ["harbour post", "Harbour-Post", "www.harbourpost.com", "https://harbourpost.com/", "HARBOUR POST "]
        {
            assert_eq!(families.publisher(same), post, "{same}");
        }
        for edition in
            ["Sunday Harbour Post", "The Harbour Post on Sunday", "Harbour Post: The Isles", "Harbour Post Online"]
        {
            assert_eq!(families.publisher(edition), post, "{edition}");
        }
        assert_ne!(families.publisher("Sunday World"), families.publisher("World"));
        for other in ["Harbour Times", "Harbour Post Tribune", "harbourpost.de"] {
            assert_ne!(families.publisher(other), post, "{other}");
        }
        assert_eq!(families.publisher(" - "), None);
    }

    #[test]
    fn outlets_of_one_family_are_one_publisher() {
        let family = |name: &str, members: &[&str]| Family {
            name: name.to_owned(),
            members: members.iter().map(ToString::to_string).collect(),
        };
        let families = Families::new(&[
            family("Brim Media", &["Harbour Post", "Sunday Harbour Post"]),
            family("Ella House", &["Ella Times", "Harbour Post"]),
        ]);
        let brim = families.publisher("Brim Media");
        assert_eq!(families.publisher("the harbour post"), brim);
        assert_eq!(families.publisher("Sunday Harbour Post"), brim);
        assert_ne!(families.publisher("Ella Times"), brim);
        assert_eq!(families.publisher("Ella House"), families.publisher("Ella Times"));
    }
}

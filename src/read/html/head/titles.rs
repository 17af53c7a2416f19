//! A page's headings and the titles in its head in, the headline of its article out.
//!
//! None of them is right by itself: a first-level heading may be the name of the site or stand over a box, and
//! `<title>` and `og:title` are written for search engines and carry the site's name at the end. So they are held
//! against each other: a heading that one of the others repeats is the headline. Where none is repeated, what readers
//! see goes before what they do not, unless it has little in common with the rest.

use super::page::{Page, Shown};
use super::words::{letters, overlap, words};
use crate::model::Found;
use crate::read::dates::dates;

/// What separates a headline from the name of its site, with blanks around.
const SEPARATORS: &[char] = &['|', '-', '–', '—', '·', '•', '»', '«', '›', '/', ':', '¦', '_', '│', '丨'];

/// Separators that may stand without blanks around.
const BARE_SEPARATORS: &[char] = &['|', '│', '丨', '¦', '»'];

/// What separates a headline from the name of an outlet at the end of a title.
const OUTLET_SEPARATORS: [&str; 4] = [" | ", " – ", " - ", " — "];

/// A heading which shares fewer of its words with the titles in the head of a page is not the article's.
const LEAST_SHARED: f64 = 0.3;

/// A title may be cut at so many places.
const MOST_CUTS: usize = 8;

/// The name of a site at the end of a title has so many words at most.
const LONGEST_SITE: usize = 8;

/// The headline of a page, where it was found, and its place on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Title {
    pub text: String,
    pub found: Found,
    /// How many bytes of shown text stand above it.
    pub at: Option<usize>,
}

/// Finds the headline. `told` are the titles in the head and the data of a page with where they stand, the most
/// believed first; `sites` the names that the site is known by.
pub(super) fn title(page: &Page, told: &[(String, Found)], sites: &Sites) -> Option<Title> {
    let headings: Vec<&Shown> = page.headings.iter().filter(|heading| is_headline(heading, sites)).collect();
    let told: Vec<(&str, Found)> = told.iter().map(|(text, found)| (text.as_str(), *found)).collect();
    let witnesses: Vec<Vec<Vec<String>>> = told.iter().map(|(text, _)| variants(text)).collect();
    let heading = |heading: &Shown| {
        Some(Title { text: bare(&heading.text, sites).to_owned(), found: Found::Page, at: Some(heading.at) })
    };
    let is_repeated = |heading: &&Shown| {
        let own = words(&heading.text);
        let cut = words(bare(&heading.text, sites));
        witnesses.iter().flatten().any(|variant| *variant == own || *variant == cut)
    };
    if let Some(repeated) = headings.iter().copied().find(is_repeated) {
        return heading(repeated);
    }
    let below = page.subheadings.iter().filter(|heading| is_headline(heading, sites));
    if let Some(repeated) = below.clone().find(|heading| words(&heading.text).len() > 1 && is_repeated(heading)) {
        return heading(repeated);
    }
    let is_like = |shown: &&Shown| {
        let own = words(&shown.text);
        // One word that others have in common with it is chance, unless it is what they begin with.
        let is_chance = own.len() == 1 && told.iter().all(|(text, _)| words(text).first() != own.first());
        told.is_empty()
            || !is_chance && told.iter().any(|(text, _)| overlap(&own, &words(sites.cut(text))) >= LEAST_SHARED)
    };
    if let Some(like) = headings.iter().copied().find(is_like) {
        return heading(like);
    }
    let (text, found) = told.first()?;
    Some(Title { text: sites.cut(text).to_owned(), found: *found, at: None })
}

/// A heading without the name of the site and without a date that stands in front of it.
fn bare<'t>(heading: &'t str, sites: &Sites) -> &'t str {
    let dated =
        dates(heading).first().filter(|dated| dated.span.start == 0).map(|dated| heading[dated.span.end..].trim());
    sites.cut(dated.filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(heading))
}

/// Headlines have fewer bytes.
const LONGEST: usize = 240;

fn is_headline(heading: &Shown, sites: &Sites) -> bool {
    let Shown { text, marks, .. } = heading;
    let is_name = marks.leads_home || sites.contains(text);
    !is_name && text.len() <= LONGEST && text.chars().any(char::is_alphanumeric) && !text.contains("{{")
}

/// A title as it is, and in the parts that its separators leave, each as words.
fn variants(title: &str) -> Vec<Vec<String>> {
    let mut variants = vec![words(title)];
    for (start, end) in separators(title).take(MOST_CUTS) {
        variants.push(words(&title[..start]));
        variants.push(words(&title[end..]));
    }
    variants.retain(|variant| !variant.is_empty());
    variants
}

/// Where the separators of a title begin and end.
fn separators(title: &str) -> impl DoubleEndedIterator<Item = (usize, usize)> + '_ {
    title.char_indices().filter_map(|(at, c)| {
        let end = at + c.len_utf8();
        let blank_behind = title[end..].starts_with([' ', '\u{A0}']);
        let blank_in_front = title[..at].ends_with([' ', '\u{A0}']);
        let separates = match c {
            ':' => blank_behind,
            _ if BARE_SEPARATORS.contains(&c) => true,
            _ => SEPARATORS.contains(&c) && blank_behind && blank_in_front,
        };
        separates.then_some((at, end))
    })
}

/// The names that a site is known by.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    /// Letters and digits of its names.
    names: Vec<String>,
    /// The part of its host that is its name: `harbourpost` of `www.harbourpost.example`.
    hosts: Vec<String>,
}

impl Sites {
    /// A name shorter than this may stand in any other.
    const SHORTEST: usize = 4;

    pub fn add_name(&mut self, name: &str) {
        let name = letters(name);
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    pub fn add_address(&mut self, address: &str) {
        let host = super::host(address);
        let labels: Vec<&str> =
            host.split('.').filter(|label| !matches!(*label, "www" | "m" | "amp" | "blog" | "news")).collect();
        // The last one is the domain's, and a short one in front of it is, too: `co.uk`.
        let own = labels.iter().rev().skip(1).find(|label| label.len() >= Self::SHORTEST).or(labels.first());
        let name = own.map(|label| letters(label)).unwrap_or_default();
        if !name.is_empty() && !self.hosts.contains(&name) {
            self.hosts.push(name);
        }
        let whole = letters(&labels.concat());
        if !self.hosts.contains(&whole) && !whole.is_empty() {
            self.hosts.push(whole);
        }
    }

    /// Learns the name of the site from titles of which one is another with something at its end or in front.
    pub fn learn(&mut self, titles: &[(String, Found)]) {
        let known: Vec<String> = titles.iter().map(|(title, _)| letters(title)).collect();
        for (title, _) in titles {
            for (start, end) in separators(title).take(MOST_CUTS) {
                let (front, tail) = (&title[..start], &title[end..]);
                for (part, rest) in [(front, tail), (tail, front)] {
                    if known.contains(&letters(rest)) && words(part).len() <= LONGEST_SITE {
                        self.add_name(part);
                    }
                }
            }
        }
    }

    /// Whether a text is a name of the site.
    pub fn contains(&self, text: &str) -> bool {
        let own = letters(text);
        if own.is_empty() || words(text).len() > LONGEST_SITE {
            return false;
        }
        self.names.contains(&own)
            || self.hosts.contains(&own)
            || self
                .names
                .iter()
                .any(|name| own.len() >= Self::SHORTEST && name.len() < 2 * own.len() && name.contains(&own))
            || self
                .names
                .iter()
                .chain(&self.hosts)
                .any(|name| name.len() >= Self::SHORTEST && own.contains(name.as_str()) && own.len() < 2 * name.len())
            || self.hosts.iter().any(|host| is_short_for(host, text))
    }

    /// The name of the site at the end of a title, if its letters are in the name of the host, or have it in them.
    pub fn named_at_end<'t>(&self, title: &'t str) -> Option<&'t str> {
        let end = OUTLET_SEPARATORS.iter().filter_map(|parts| Some(title.rfind(parts)? + parts.len())).max()?;
        let name = title[end..].trim();
        let own = letters(name);
        let own = own.strip_prefix("the").unwrap_or(&own);
        let is_own = |host: &String| {
            (own.len() >= Self::SHORTEST && host.contains(own))
                || (host.len() >= Self::SHORTEST && own.contains(host.as_str()) && own.len() < 2 * host.len())
                || host == own
        };
        let is_host = self.hosts.iter().any(|host| is_own(host) || is_short_for(host, name));
        (is_host && words(name).len() <= LONGEST_SITE).then_some(name)
    }

    /// A title without the name of the site at its end or in front.
    pub fn cut<'t>(&self, title: &'t str) -> &'t str {
        let mut title = title.trim();
        for _ in 0..MOST_CUTS {
            let (first, last) = {
                let mut separators = separators(title);
                let first = separators.next();
                (first, separators.next_back().or(first))
            };
            let Some(((first_start, first_end), (last_start, last_end))) = first.zip(last) else { break };
            let (front, tail) = (title[..first_start].trim(), title[last_end..].trim());
            let rest = title[..last_start].trim_end_matches(|c: char| SEPARATORS.contains(&c) || c.is_whitespace());
            if !rest.is_empty() && (tail.is_empty() || self.contains(tail) || is_section(title, last_start, tail, rest))
            {
                title = rest;
            } else if !title[first_end..].trim().is_empty() && (front.is_empty() || self.contains(front)) {
                title = title[first_end..].trim();
            } else {
                break;
            }
        }
        title
    }
}

/// Whether the initials of a name are its host: `Port Ella Tribune` of `pet.example`.
fn is_short_for(host: &str, name: &str) -> bool {
    let initials: String = words(name).iter().filter_map(|word| word.chars().next()).collect();
    initials.chars().count() > 2 && initials == host
}

/// Whether a short part behind a bar names a section or a site that is not known: bars are no part of headlines.
fn is_section(title: &str, at: usize, tail: &str, rest: &str) -> bool {
    const LONGEST: usize = 3;
    let is_bar = title[at..].starts_with(['|', '│', '丨', '¦', '»']);
    is_bar && words(tail).len() <= LONGEST && words(rest).len() > LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::head::marks::Marks;

    fn sites() -> Sites {
        let mut sites = Sites::default();
        sites.add_name("The Harbour Post");
        sites.add_address("https://www.harbourpost.example/news/1");
        sites
    }

    fn found(headings: &[&str], told: &[&str]) -> Option<String> {
        let shown =
            |text: &&str| Shown { text: (*text).to_owned(), above: String::new(), at: 0, marks: Marks::default() };
        let page = Page { headings: headings.iter().map(shown).collect(), ..Page::default() };
        let told: Vec<(String, Found)> = told.iter().map(|text| ((*text).to_owned(), Found::Meta)).collect();
        title(&page, &told, &sites()).map(|title| title.text)
    }

    #[test]
    fn the_name_of_the_site_is_cut_off_at_either_end() {
        for title in [
            "Ferry hits pier - The Harbour Post",
            "Ferry hits pier | Harbour Post",
            "The Harbour Post: Ferry hits pier",
            "Ferry hits pier — harbourpost.example",
            "Ferry hits pier | News | The Harbour Post",
            "Ferry hits pier",
        ] {
            assert_eq!(
                sites().cut(title),
                if title.contains("News") { "Ferry hits pier | News" } else { "Ferry hits pier" }
            );
        }
        assert_eq!(sites().cut("Ferry hits pier at Port Ella | Region"), "Ferry hits pier at Port Ella");
    }

    #[test]
    fn the_outlet_at_the_end_of_a_title_is_named_like_its_host() {
        let named = |title: &'static str| sites().named_at_end(title);
        assert_eq!(named("Ferry hits pier | The Harbour Post"), Some("The Harbour Post"));
        assert_eq!(named("Ferry - again - News – Harbour Post"), Some("Harbour Post"));
        assert_eq!(named("Ferry hits pier | Harbour"), Some("Harbour"));
        for other in ["Ferry hits pier | Region", "The Harbour Post", "Ferry hits pier | ", "Ferry - a"] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn what_follows_a_dash_is_kept_where_it_is_no_name() {
        for title in ["Ferry hits pier - again", "Ferry: the pier", "On-time ferries", "Post"] {
            assert_eq!(sites().cut(title), title);
        }
    }

    #[test]
    fn the_heading_that_the_head_repeats_is_the_headline() {
        let told = ["Ferry hits pier - The Harbour Post"];
        assert_eq!(found(&["Latest news", "Ferry hits pier", "Weather"], &told).unwrap(), "Ferry hits pier");
    }

    #[test]
    fn a_heading_with_much_in_common_goes_before_the_head_and_one_with_nothing_does_not() {
        let told = ["Port Ella ferry hits pier: what we know | The Harbour Post"];
        assert_eq!(
            found(&["Ferry hits pier at Port Ella, twelve hurt"], &told).unwrap(),
            "Ferry hits pier at Port Ella, twelve hurt"
        );
        assert_eq!(found(&["Subscribe today"], &told).unwrap(), "Port Ella ferry hits pier: what we know");
        assert_eq!(found(&["The Harbour Post"], &told).unwrap(), "Port Ella ferry hits pier: what we know");
        assert_eq!(found(&["Ferry hits pier"], &[]).unwrap(), "Ferry hits pier");
        assert_eq!(found(&[], &[]), None);
    }
}

//! What a page says of its dates in, the moments of publication and of change out.
//!
//! Data for programs are believed first, in the order JSON-LD, Open Graph, `<meta>`, then what readers see near the
//! headline: a `<time>` element or a line of text. What a page shows is also held against its data:
//!
//! - Data are often in Coordinated Universal Time while the page tells the day of its own place: where both are the
//!   same moment, the day that is shown is the article's.
//! - The date of the last change is never taken for that of publication, as long as there is one.

use jiff::civil::Date;
use jiff::tz::Offset;

use super::names::byline_opener;
use super::page::{Page, Shown, Time};
use super::words::words;
use crate::date::Moment;
use crate::model::{Found, head};
use crate::read::cues::folded;
use crate::read::dates::{DateOrder, Dated, dates_in_order};

/// The names of `<meta>` elements with the date of publication, the surest first.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:publish_date", "og:pubdate",
    "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "published", "published_time", "published_at", "published-date",
    "originalpublicationdate", "article.published", "article_date_original", "displaydate", "release_date", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.created", "dcterms.available", "dc.date", "dcterms.date", "citation_online_date", "citation_publication_date", "citation_date", "prism.publicationdate", "rnews:datepublished", "datecreated",
    "bt:pubdate", "shareaholic:article_published_time", "date", "pdate", "created", "creation_date", "timestamp", "dc.date.published",
];

/// And with the date of the last change.
#[rustfmt::skip]
const UPDATED: &[&str] = &[
    "article:modified_time", "article:modified", "og:updated_time", "og:article:modified_time", "og:modified_time", "datemodified", "lastmod", "last-modified", "last_modified", "lastmodified", "modified", "updated", "revision_date",
    "dc.date.modified", "dcterms.modified", "dc.modified", "article.updated", "updated_time", "updated_at", "moddate", "shareaholic:article_modified_time",
];

/// Words in front of a date that say what it is of, in small letters and without accents lost.
#[rustfmt::skip]
const OF_CHANGE: &[&str] = &[
    "updat", "modifi", "edited", "revised", "mis à jour", "mise à jour", "actualis", "aktualis", "geändert", "stand:", "stand ", "actualiz", "atualiz", "aggiorn", "bijgewerkt", "gewijzigd", "uppdater", "ändrad", "oppdater", "endret",
    "opdater", "aktualiz", "обновл", "измен", "更新", "güncel", "تحديث", "최종수정",
];

#[rustfmt::skip]
const OF_PUBLICATION: &[&str] = &[
    "publish", "posted", "first ", "publié", "veröffentlicht", "erschienen", "erstellt", "publicad", "pubblicat", "gepubliceerd", "geplaatst", "publicerad", "publisert", "udgivet", "offentliggjort", "opublikowan", "опубликован", "发布", "發布", "公開",
    "掲載", "yayın", "نشر", "入力", "등록", "posté", "online seit", "created", "written on", "date:", "datum:", "fecha:", "post time",
];

/// Words that say that a date is of neither.
#[rustfmt::skip]
const OF_OTHERS: &[&str] = &[
    "reviewed", "copyright", "©", "(c)", "expires", "event", "deadline", "until", "since", "born", "valid", "accessed", "retrieved", "effective", "joined", "member", "season",
];

/// What is shown further below the headline than this, in bytes, is a date of something else, unless it is marked.
const NEAR: usize = 700;

/// What is marked as a date, or says what it is of, may be further away.
const NEAR_IF_MARKED: usize = 2500;

/// What stands above the headline by more than this is not the article's.
const NEAR_ABOVE: usize = 400;

/// The moments of an article, and where they were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Dates {
    pub published: Option<(Moment, Found)>,
    pub updated: Option<(Moment, Found)>,
    /// The day of the change, where readers see that one alone.
    pub shown: Option<(Moment, Found)>,
}

/// What the data of a page say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told<'t> {
    pub published: Option<&'t str>,
    pub modified: Option<&'t str>,
    /// The page's own dates, where the article has none.
    pub page_published: Option<&'t str>,
    pub page_modified: Option<&'t str>,
    /// The address of the page, which may have a date.
    pub address: Option<&'t str>,
}

/// Finds the dates of an article. `headline` is how many bytes of shown text stand above its headline.
pub(super) fn find(page: &Page, told: Told<'_>, headline: Option<usize>, order: DateOrder) -> Dates {
    let read = |text: &str| moment(text, order);
    let in_data = |text: Option<&str>| text.and_then(read).map(|moment| (moment, Found::JsonLd));
    let in_metas = |names: &[&str]| {
        names.iter().flat_map(|name| page.metas.all(name).iter().map(move |value| (name, value))).find_map(
            |(name, value)| {
                let is_open_graph = name.starts_with("og:") || name.starts_with("article:");
                Some((read(value)?, if is_open_graph { Found::OpenGraph } else { Found::Meta }))
            },
        )
    };
    let shown = shown(page, headline, order);
    let of_page = in_data(told.page_published);
    let published = in_data(told.published).or_else(|| in_metas(PUBLISHED)).or(of_page);
    let updated =
        in_data(told.modified).or_else(|| in_metas(UPDATED)).or(in_data(told.page_modified)).or(shown.updated);
    let published = match published {
        Some((moment, _)) if shown.published.is_some_and(|(first, _)| first.date < moment.days_back(1)) => {
            shown.published
        }
        Some((moment, found)) => Some((in_zone(moment, shown.published, updated), found)),
        None => shown.published.or_else(|| in_address(told.address?)),
    };
    Dates { published, updated, shown: change_shown(published, updated, &shown) }
}

/// The day of the last change where a page shows that one and not the day of publication, which its data know. Those of
/// Open Graph change each time that a page is saved, and are not taken for it.
fn change_shown(
    published: Option<(Moment, Found)>,
    updated: Option<(Moment, Found)>,
    shown: &Visible,
) -> Option<(Moment, Found)> {
    let (first, (last, _)) = (published?.0, updated.filter(|(_, found)| *found != Found::OpenGraph)?);
    let seen = shown.published.filter(|(seen, _)| seen.date == first.date || seen.date == last.date);
    let seen = seen.or(shown.updated)?;
    (first.date != last.date && seen.0.date == last.date).then_some(seen)
}

/// The dates that readers see.
#[derive(Clone, Copy, Debug, Default)]
struct Visible {
    published: Option<(Moment, Found)>,
    updated: Option<(Moment, Found)>,
}

/// What a date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Publication,
    Change,
    Unsaid,
    Other,
}

/// The dates near the headline: of those that say that they are of publication or say nothing the nearest, and of those
/// that say that they are of a change.
fn shown(page: &Page, headline: Option<usize>, order: DateOrder) -> Visible {
    let mut published: Option<(usize, Moment, Found)> = None;
    let mut updated: Option<(usize, Moment, Found)> = None;
    // What is marked as a date or stands at a byline, wherever that is.
    let mut anywhere: Vec<(Moment, Found)> = Vec::new();
    let mut add = |shown: &Shown, at: usize, of: Of, is_marked: bool, moment: Moment, found: Found| {
        if is_marked && !shown.marks.aside && of != Of::Change {
            anywhere.push((moment, found));
        }
        let Some(distance) = distance(shown, at, headline, of, is_marked) else { return };
        let best = if of == Of::Change { &mut updated } else { &mut published };
        if best.is_none_or(|(known, ..)| distance < known) {
            *best = Some((distance, moment, found));
        }
    };
    for time in &page.times {
        let of = of_time(time);
        let value = moment(&time.value, order).or_else(|| moment(&time.shown.text, order));
        if let Some(moment) = value.filter(|_| of != Of::Other) {
            let moment = as_shown(moment, &time.shown.text, order);
            add(&time.shown, time.shown.at, of, true, moment, Found::Time);
        }
    }
    for line in &page.lines {
        let mut from = 0;
        for Dated { span, moment } in dates_in_order(&line.text, order) {
            let front = &line.text[from..span.start.max(from)];
            let of = of_date(if words(front).is_empty() && from == 0 { label(&line.above) } else { front });
            let at_byline = [&line.above, &line.text].into_iter().any(|line| byline_opener(line).is_some());
            let is_marked = line.marks.date() || line.marks.writer() || at_byline;
            let is_alone = span.start <= LONGEST_IN_FRONT && line.text.len() - span.end <= LONGEST_BEHIND;
            let is_dateline = from == 0 && span.start <= LONGEST_IN_FRONT && opens_text(&line.text[span.end..]);
            from = span.end;
            if of != Of::Other && (is_alone || is_dateline || line.marks.date()) {
                add(line, line.at + span.start, of, is_marked, moment, Found::Page);
            }
        }
    }
    let found = |best: Option<(usize, Moment, Found)>| best.map(|(_, moment, found)| (moment, found));
    // Far from the headline only what leaves no doubt counts: other articles on the page have dates of their own.
    let mut only = anywhere.first().copied();
    if anywhere.iter().any(|(moment, _)| only.is_some_and(|(first, _)| first.date != moment.date)) {
        only = None;
    }
    Visible { published: found(published).or(only), updated: found(updated) }
}

/// A line of date has so much in front of it, in bytes: a writer, a place, a section.
const LONGEST_IN_FRONT: usize = 80;

/// And so much behind it: a time, a time to read, a second date.
const LONGEST_BEHIND: usize = 80;

/// Whether what follows the date shows that it was a dateline: `PORT ELLA, March 4, 2031 (Nordwire) —`.
fn opens_text(behind: &str) -> bool {
    const AGENCY: usize = 40;
    let behind = behind.trim_start();
    let behind = if behind.starts_with('(') {
        behind.find(')').filter(|end| *end <= AGENCY).map_or(behind, |end| behind[end + 1..].trim_start())
    } else {
        behind
    };
    behind.starts_with(['-', '–', '—'])
}

/// How far a date is from the headline, less what speaks for it; nothing if it is too far.
fn distance(shown: &Shown, at: usize, headline: Option<usize>, of: Of, is_marked: bool) -> Option<usize> {
    let top = headline.unwrap_or_default();
    let away = if at >= top { at - top } else { (top - at) * 2 };
    let most = match (at >= top, is_marked || of != Of::Unsaid) {
        (false, _) => 2 * NEAR_ABOVE,
        (true, true) => NEAR_IF_MARKED,
        (true, false) => NEAR,
    };
    // Where the headline is not known, the article begins below the head of the page.
    let most = if headline.is_none() { most + NEAR_IF_MARKED } else { most };
    let is_far = away > most && of == Of::Unsaid;
    if shown.marks.aside && (of == Of::Unsaid || away > NEAR) || is_far {
        return None;
    }
    // What says nothing may be the date of a picture or of an article beside this one.
    let penalty = match (of, is_marked) {
        (Of::Publication, _) => 0,
        (_, true) => 200,
        (_, false) => 400,
    };
    Some(away + penalty)
}

fn of_time(time: &Time) -> Of {
    match time.property.as_str() {
        property if property.contains("odified") => Of::Change,
        property if property.contains("ublished") || property.contains("reated") => Of::Publication,
        _ => match of_date(&time.shown.text) {
            Of::Unsaid => of_date(label(&time.shown.above)),
            said => said,
        },
    }
}

/// What a date is of, by the words in front of it. The last ones count: `Published Tuesday, updated`.
fn of_date(front: &str) -> Of {
    const WITHIN: usize = 60;
    let front = folded(crate::model::tail(front, WITHIN));
    let last = |words: &[&str]| words.iter().filter_map(|word| front.rfind(word)).max();
    let said = [(last(OF_CHANGE), Of::Change), (last(OF_PUBLICATION), Of::Publication), (last(OF_OTHERS), Of::Other)];
    said.into_iter().filter_map(|(at, of)| Some((at?, of))).max_by_key(|(at, _)| *at).map_or(Of::Unsaid, |(_, of)| of)
}

/// A line above a date if it is a label of it: `Last updated on`, and not `Reviewed by Anna Holm`.
fn label(above: &str) -> &str {
    const MOST_WORDS: usize = 4;
    let names_someone = byline_opener(above).is_some() || above.contains(" by ");
    if names_someone || words(above).len() > MOST_WORDS { "" } else { above }
}

/// The moment in a value of a page's head: ISO 8601 in all its variants, seconds since 1970, or a date for people.
pub(super) fn moment(value: &str, order: DateOrder) -> Option<Moment> {
    const WITHIN: usize = 120;
    let value = head(value.trim(), WITHIN).trim();
    if let Ok(moment) = value.parse::<Moment>() {
        return in_range(moment);
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return from_digits(value).and_then(in_range);
    }
    // `2031-03-04T07:15:00.000+01:00[Norland/Ella]` and the like: the day is what counts.
    let iso = value.get(..10).and_then(|day| day.parse::<Moment>().ok());
    iso.and_then(in_range).or_else(|| dates_in_order(value, order).first().map(|dated| dated.moment).and_then(in_range))
}

/// News are no older than newspapers on the web have them, and a page's placeholders are.
fn in_range(moment: Moment) -> Option<Moment> {
    let is_placeholder = moment.date == Date::constant(1970, 1, 1) || moment.date.year() < 1800;
    (!is_placeholder && moment.date.year() < 2200).then_some(moment)
}

/// `20310304`, `20310304071500`, seconds or milliseconds since 1970.
fn from_digits(digits: &str) -> Option<Moment> {
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        8 | 12 | 14 => {
            let part = |from: usize, to: usize| digits[from..to].parse::<i16>().ok();
            let (month, day) = (i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?);
            return Date::new(part(0, 4)?, month, day).ok().map(Moment::day);
        }
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let moment = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    Some(Moment {
        date: moment.date(),
        time: Some(moment.time().with().second(0).subsec_nanosecond(0).build().ok()?),
        offset: Some(Offset::UTC),
    })
}

/// A moment in Coordinated Universal Time, on the day that the page shows for it: the day before or after where zones
/// allow for that, and where it is not that of the last change.
fn in_zone(moment: Moment, shown: Option<(Moment, Found)>, updated: Option<(Moment, Found)>) -> Moment {
    match shown {
        Some((day, _)) if updated.is_some_and(|(updated, _)| updated.date == day.date) => moment,
        Some((day, _)) if is_same_moment(moment, day.date) => day,
        _ => moment,
    }
}

/// Whether a moment in Coordinated Universal Time falls on another day somewhere: zones are up to 12 hours behind it
/// and 14 ahead.
fn is_same_moment(moment: Moment, day: Date) -> bool {
    let (Some(time), Some(Offset::UTC)) = (moment.time, moment.offset) else { return false };
    let before = moment.days_back(1) == day && time.hour() < 12;
    let behind = moment.days_back(-1) == day && time.hour() >= 10;
    before || behind
}

/// A `<time>` for programs in Coordinated Universal Time, on the day that it shows to people.
fn as_shown(moment: Moment, text: &str, order: DateOrder) -> Moment {
    match dates_in_order(text, order).first() {
        Some(dated) if is_same_moment(moment, dated.moment.date) => dated.moment,
        _ => moment,
    }
}

/// The day in an address: `/2031/03/04/`, `/2031-03-04-`.
fn in_address(address: &str) -> Option<(Moment, Found)> {
    let path = address.split(['?', '#']).next()?;
    let bytes = path.as_bytes();
    let day = (0..bytes.len()).find_map(|start| {
        let part = path.get(start..start + 10)?;
        let free = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_digit());
        let sign = part.as_bytes()[4];
        let is_date = matches!(sign, b'/' | b'-' | b'_') && part.as_bytes()[7] == sign;
        let is_free = free(start.checked_sub(1).and_then(|at| bytes.get(at))) && free(bytes.get(start + 10));
        if !is_date || !is_free {
            return None;
        }
        format!("{}-{}-{}", part.get(..4)?, part.get(5..7)?, part.get(8..)?).parse::<Moment>().ok()
    })?;
    in_range(day).filter(|day| day.date.year() >= 1990).map(|day| (day, Found::Link))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Limits;
    use crate::read::html::tree::Tree;

    fn found(page: &str, told: Told<'_>) -> (Option<String>, Option<String>) {
        let page = Page::of(&Tree::parse(page, &Limits::default()));
        let headline = page.headings.first().map(|heading| heading.at);
        let dates = find(&page, told, headline, DateOrder::Unknown);
        let said = |date: Option<(Moment, Found)>| date.map(|(moment, found)| format!("{moment} {}", found.place()));
        (said(dates.published), said(dates.updated))
    }

    fn published(page: &str) -> Option<String> {
        found(page, Told::default()).0
    }

    #[test]
    fn values_for_programs_are_read_in_all_their_forms() {
        let cases = [
            ("2031-03-04", Some("2031-03-04")),
            ("2031-03-04T07:15:30.123+01:00", Some("2031-03-04T07:15+01:00")),
            ("2031-03-04 07:15", Some("2031-03-04T07:15")),
            ("2031-03-04T07:15:00.000Z[UTC]", Some("2031-03-04")),
            ("20310304", Some("2031-03-04")),
            ("20310304071500", Some("2031-03-04")),
            ("1930374900", Some("2031-03-04T07:15+00:00")),
            ("1930374900000", Some("2031-03-04T07:15+00:00")),
            ("Tue, 04 Mar 2031 07:15:00 GMT", Some("2031-03-04T07:15+00:00")),
            ("March 4, 2031", Some("2031-03-04")),
            ("1970-01-01T00:00:00Z", None),
            ("0001-01-01", None),
            ("12345", None),
            ("yesterday", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(
                moment(value, DateOrder::Unknown).map(|moment| moment.to_string()).as_deref(),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn data_go_before_metas_and_these_before_what_is_shown() {
        let page =
            "<meta property='article:published_time' content='2031-03-05'><meta name='date' content='2031-03-06'>
            <h1>Ferry hits pier</h1><time datetime='2031-03-07'>7 March 2031</time><p>8 March 2031</p>";
        let told = Told { published: Some("2031-03-04"), ..Told::default() };
        assert_eq!(found(page, told).0.unwrap(), "2031-03-04 JSON-LD");
        assert_eq!(published(page).unwrap(), "2031-03-05 Open Graph");
        assert_eq!(published(&page.replace("article:p", "p")).unwrap(), "2031-03-05 meta element");
        let shown = &page[page.find("<h1>").unwrap()..];
        assert_eq!(published(shown).unwrap(), "2031-03-07 time element");
        assert_eq!(published(&shown.replace("time", "i").replace("7 March", "")).unwrap(), "2031-03-08 page");
    }

    #[test]
    fn a_date_of_change_is_none_of_publication() {
        let page = "<h1>Ferry hits pier</h1><p>Updated 5 March 2031</p><p>By Anna Holm</p><p>4 March 2031</p>";
        let dates = found(page, Told::default());
        assert_eq!(dates, (Some("2031-03-04 page".to_owned()), Some("2031-03-05 page".to_owned())));
        let page = "<h1>Ferry hits pier</h1><div>Last updated:</div><div>5 March 2031</div>";
        assert_eq!(found(page, Told::default()), (None, Some("2031-03-05 page".to_owned())));
        let page = "<h1>Fähre rammt Pier</h1><p>Veröffentlicht am 4. März 2031, aktualisiert am 5. März 2031</p>";
        let dates = found(page, Told::default());
        assert_eq!(dates, (Some("2031-03-04 page".to_owned()), Some("2031-03-05 page".to_owned())));
    }

    #[test]
    fn the_date_nearest_the_headline_is_the_article_s() {
        let page =
            "<nav>1 January 2031</nav><p>2 January 2031</p><h1>Ferry hits pier</h1><p>By Anna Holm | 4 March 2031</p>
            <p>The ferry hit the pier on 3 March 2031 when it came in from the islands as it does every morning at seven
            o'clock, with some sixty passengers on board, most of whom work in the town.</p>
            <aside class='related'><p>Baker wins prize</p><time datetime='2031-02-01'>1 February 2031</time></aside>";
        assert_eq!(published(page).unwrap(), "2031-03-04 page");
        assert_eq!(published(&page.replace("4 March 2031", "").replace("2 January 2031", "")), None);
    }

    #[test]
    fn the_day_is_that_of_the_place_of_the_page() {
        let page = "<h1>Ferry hits pier</h1><p class='date'>March 3, 2031</p>";
        let told = |published| Told { published: Some(published), ..Told::default() };
        assert_eq!(found(page, told("2031-03-04T02:30:00Z")).0.unwrap(), "2031-03-03 JSON-LD");
        assert_eq!(found(page, told("2031-03-04T02:30:00+01:00")).0.unwrap(), "2031-03-04T02:30+01:00 JSON-LD");
        assert_eq!(found(page, told("2031-03-04T22:30:00Z")).0.unwrap(), "2031-03-04T22:30+00:00 JSON-LD");
    }

    #[test]
    fn what_a_page_shows_as_earlier_is_when_it_was_published() {
        let page = "<h1>Ferry hits pier</h1><p class='date'>March 4, 2021</p>";
        let told = Told { published: Some("2031-11-05"), ..Told::default() };
        assert_eq!(found(page, told).0.unwrap(), "2021-03-04 page");
    }

    #[test]
    fn an_address_tells_the_day_where_nothing_else_does() {
        for (address, expected) in [
            ("harbourpost.example/2031/03/04/ferry", Some("2031-03-04 link element")),
            ("harbourpost.example/news/2031-03-04-ferry", Some("2031-03-04 link element")),
            ("harbourpost.example/12031/03/04", None),
            ("harbourpost.example/2031/13/04", None),
            ("harbourpost.example/é2031/03/0é", None),
        ] {
            let told = Told { address: Some(address), ..Told::default() };
            assert_eq!(found("<h1>Ferry hits pier</h1>", told).0.as_deref(), expected, "{address}");
        }
    }
}

//! Stories in, text for a reader out.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use super::text::{INDENT, TextStyle, plain, plain_path, wrap};
use crate::date::Moment;
use crate::read::{ARTICLES, STORIES, VOICES};
use crate::stories::{Member, Stories, Story};

/// Of an article of which it is less sure than this that it belongs to its story, that is said without being asked for.
const DOUBTFUL: f64 = 0.6;

/// A headline is cut to fit the terminal, but not to less than so many columns.
const SHORTEST_HEADLINE: usize = 20;

/// Stands between the facts of a line.
const BETWEEN: &str = " · ";

/// Stands above the articles that are alone.
const ALONE: &str = "Alone:";

/// Writes stories for a reader: how many there are; each story of several articles with its title, its size and its
/// articles, an article a line; then the articles that are alone. With `explain` it is said of each story what its place is
/// made of, and of each article how sure it is.
///
/// # Errors
///
/// Those of `out`.
pub fn render_stories(stories: &Stories, style: TextStyle, explain: bool, mut out: impl Write) -> io::Result<()> {
    let out = &mut out;
    writeln!(out, "{}", heap(stories))?;
    let (alone, several): (Vec<&Story>, Vec<&Story>) = stories.stories.iter().partition(|story| story.alone);
    let lines = Lines { style, explain };
    for story in several {
        writeln!(out)?;
        lines.title(story, out)?;
        for member in &story.members {
            lines.member(member, out)?;
        }
    }
    if !alone.is_empty() {
        writeln!(out, "\n{}", lines.bold(ALONE))?;
    }
    for story in alone {
        for member in &story.members {
            lines.member(member, out)?;
        }
        if explain {
            lines.place(story, out)?;
        }
    }
    Ok(())
}

/// `269 articles, 141 stories, 98 of them one article alone`
fn heap(stories: &Stories) -> String {
    let count = stories.stories.len();
    let articles = stories.stories.iter().map(|story| story.articles.len()).sum();
    let alone = stories.stories.iter().filter(|story| story.alone).count();
    let alone = match alone {
        0 => String::new(),
        1 if count == 1 => ", one article alone".to_owned(),
        _ if alone == count => ", each of them one article alone".to_owned(),
        _ => format!(", {alone} of them one article alone"),
    };
    format!("{}, {}{alone}", counted(articles, ARTICLES), counted(count, STORIES))
}

/// `1 story`, `2 stories`.
pub(crate) fn counted(count: usize, [one, several]: [&str; 2]) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// What a story is called: its title, or the name of its first article where it has none.
pub(super) fn called(story: &Story) -> String {
    let title = story.title.as_deref().map(plain).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| plain_path(&story.id))
}

/// `6 articles, 4 voices, 5 outlets`; nothing of outlets where none is named.
pub(super) fn size(story: &Story) -> String {
    let articles = counted(story.articles.len(), ARTICLES);
    let voices = counted(story.voices.len(), VOICES);
    let outlets = match story.outlets.len() {
        0 => String::new(),
        count => format!(", {}", counted(count, ["outlet", "outlets"])),
    };
    format!("{articles}, {voices}{outlets}")
}

/// `4 to 5 March 2031`, `28 February to 3 March 2031`: from the first day of a story to its last.
fn days(story: &Story) -> Option<String> {
    let (first, last) = (story.first?, story.last?);
    let spelled = |moment: Moment, format: &str| moment.date.strftime(format).to_string();
    let whole = spelled(last, "%-d %B %Y");
    Some(if first.date == last.date {
        whole
    } else if first.date.first_of_month() == last.date.first_of_month() {
        format!("{} to {whole}", spelled(first, "%-d"))
    } else if first.date.year() == last.date.year() {
        format!("{} to {whole}", spelled(first, "%-d %B"))
    } else {
        format!("{} to {whole}", spelled(first, "%-d %B %Y"))
    })
}

/// How lines are written.
struct Lines {
    style: TextStyle,
    explain: bool,
}

impl Lines {
    fn bold(&self, text: &str) -> String {
        let bold = if self.style.color { Style::new().bold() } else { Style::new() };
        format!("{bold}{text}{bold:#}")
    }

    /// The title of a story, and below it what it is like.
    fn title(&self, story: &Story, out: &mut impl Write) -> io::Result<()> {
        for line in wrap(&called(story), self.style.width, "") {
            writeln!(out, "{}", self.bold(&line))?;
        }
        let keywords = story.keywords.iter().map(|word| plain(word)).filter(|word| !word.is_empty());
        let keywords = Some(keywords.collect::<Vec<_>>().join(", ")).filter(|keywords| !keywords.is_empty());
        let known = [Some(size(story)), days(story), keywords];
        let known = known.into_iter().flatten().collect::<Vec<_>>().join(BETWEEN);
        for line in wrap(&known, self.style.width, "") {
            writeln!(out, "{line}")?;
        }
        if self.explain { self.place(story, out) } else { Ok(()) }
    }

    /// `place 3.21 = voices 1.39 + recency 1.00 + growth 0.82`, without the parts that add nothing.
    fn place(&self, story: &Story, out: &mut impl Write) -> io::Result<()> {
        let parts = story.parts.named();
        let parts = parts.iter().filter(|(_, value)| *value != 0.0).map(|(name, value)| format!("{name} {value:.2}"));
        let parts = parts.collect::<Vec<_>>().join(" + ");
        let parts = if parts.is_empty() { "nothing" } else { &parts };
        writeln!(out, "{INDENT}place {:.2} = {parts}", story.score)
    }

    /// `    wire.txt · Harbour Post · 2031-03-04 · Ferry hits pier · copy of post.txt`
    fn member(&self, member: &Member, out: &mut impl Write) -> io::Result<()> {
        let id = if self.style.color { AnsiColor::Cyan.on_default() } else { Style::new() };
        let own = plain_path(&member.id);
        let publisher = member.publisher.as_deref().map(plain).filter(|name| !name.is_empty());
        let day = member.published.map(|moment| moment.date.to_string());
        let facts: String = publisher.into_iter().chain(day).map(|fact| format!("{BETWEEN}{fact}")).collect();
        let copy = member.copy_of.as_deref().map(|original| format!("{BETWEEN}copy of {}", plain_path(original)));
        let sure = member.sure.filter(|sure| self.explain || *sure < DOUBTFUL);
        let notes =
            copy.unwrap_or_default() + &sure.map(|sure| format!("{BETWEEN}{}", percent(sure))).unwrap_or_default();
        let headline = member.title.as_deref().map(plain).filter(|title| !title.is_empty());
        let taken: usize = [INDENT, &own, &facts, BETWEEN, &notes].into_iter().map(display_width).sum();
        let headline = headline.map(|title| format!("{BETWEEN}{}", self.cut(&title, taken))).unwrap_or_default();
        writeln!(out, "{INDENT}{id}{own}{id:#}{facts}{headline}{notes}")
    }

    /// A headline as far as it fits behind and in front of what takes so many columns.
    fn cut<'t>(&self, headline: &'t str, taken: usize) -> Cow<'t, str> {
        let Some(width) = self.style.width else { return Cow::Borrowed(headline) };
        let room = width.saturating_sub(taken).max(SHORTEST_HEADLINE);
        if display_width(headline) <= room {
            return Cow::Borrowed(headline);
        }
        let (mut end, mut columns) = (0, 1);
        for (at, c) in headline.char_indices() {
            columns += display_width(c.encode_utf8(&mut [0; 4]));
            if columns > room {
                break;
            }
            end = at + c.len_utf8();
        }
        Cow::Owned(format!("{}…", headline[..end].trim_end()))
    }
}

/// `41 % sure`. Evidence makes nothing certain.
fn percent(sure: f64) -> String {
    format!("{} % sure", ((sure * 100.0).round() as u32).min(99))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LeftOut;
    use crate::stories::{Parts, SCHEMA};

    fn story(ids: &[&str], days: &[&str]) -> Story {
        let published = |at: usize| days.get(at).map(|day| day.parse().unwrap());
        let member = |(at, id): (usize, &&str)| Member {
            id: (*id).to_owned(),
            source: (*id).to_owned(),
            title: Some(format!("Ferry {id}\u{1b}[31m hits\u{202e} the east pier of the harbour")),
            publisher: Some("Harbour\nPost".to_owned()),
            published: published(at),
            copy_of: (at == 1).then(|| ids[0].to_owned()),
            sure: (ids.len() > 1).then_some([0.999, 0.41, 0.8][at % 3]),
        };
        Story {
            id: ids[0].to_owned(),
            title: Some("Ferry hits pier".to_owned()),
            articles: ids.iter().map(|id| (*id).to_owned()).collect(),
            members: ids.iter().enumerate().map(member).collect(),
            voices: vec![(0..ids.len()).collect()],
            alone: ids.len() == 1,
            outlets: vec!["Harbour Post".to_owned()],
            first: published(0),
            last: published(days.len().saturating_sub(1)),
            language: None,
            keywords: vec!["ferry".to_owned(), "pier".to_owned()],
            score: 2.5,
            parts: Parts { voices: 1.5, recency: 1.0, ..Parts::default() },
        }
    }

    fn stories(stories: Vec<Story>) -> Stories {
        let left_out: Vec<LeftOut> = Vec::new();
        Stories { schema: SCHEMA, version: "0.1.0".to_owned(), stories, left_out }
    }

    fn rendered(stories: &Stories, style: TextStyle, explain: bool) -> String {
        let mut bytes = Vec::new();
        render_stories(stories, style, explain, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_story_is_told_with_its_size_its_days_and_its_articles() {
        let heap =
            stories(vec![story(&["a.txt", "b.txt", "c.txt"], &["2031-03-04", "2031-03-05"]), story(&["d"], &[])]);
        let expected = "\
4 articles, 2 stories, 1 of them one article alone

Ferry hits pier
3 articles, 1 voice, 1 outlet · 4 to 5 March 2031 · ferry, pier
    a.txt · Harbour Post · 2031-03-04 · Ferry a.txt[31m hits the east pier of the harbour
    b.txt · Harbour Post · 2031-03-05 · Ferry b.txt[31m hits the east pier of the harbour · copy of a.txt · 41 % sure
    c.txt · Harbour Post · Ferry c.txt[31m hits the east pier of the harbour

Alone:
    d · Harbour Post · Ferry d[31m hits the east pier of the harbour
";
        assert_eq!(rendered(&heap, TextStyle::default(), false), expected);
        let explained = rendered(&heap, TextStyle::default(), true);
        assert!(explained.contains("\n    place 2.50 = voices 1.50 + recency 1.00\n    a.txt"), "{explained}");
        assert!(explained.contains("harbour · 99 % sure\n"), "{explained}");
    }

    #[test]
    fn on_a_terminal_headlines_are_cut_and_what_is_said_of_an_article_stays() {
        let heap = stories(vec![story(&["a.txt", "b.txt"], &[])]);
        let told = rendered(&heap, TextStyle { width: Some(60), color: false }, false);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[4], "    a.txt · Harbour Post · Ferry a.txt[31m hits the east pi…");
        assert_eq!(lines[5], "    b.txt · Harbour Post · Ferry b.txt[31m hit… · copy of a.txt · 41 % sure");
        assert!(
            rendered(&heap, TextStyle { width: None, color: true }, false)
                .contains("\u{1b}[1mFerry hits pier\u{1b}[0m")
        );
    }

    #[test]
    fn only_what_is_true_is_said_of_how_many_there_are() {
        let told = |sizes: &[usize]| {
            let ids = ["a", "b", "c"];
            heap(&stories(sizes.iter().map(|size| story(&ids[..*size], &[])).collect()))
        };
        assert_eq!(told(&[3]), "3 articles, 1 story");
        assert_eq!(told(&[1]), "1 article, 1 story, one article alone");
        assert_eq!(told(&[1, 1]), "2 articles, 2 stories, each of them one article alone");
        assert_eq!(told(&[3, 2, 1, 1]), "7 articles, 4 stories, 2 of them one article alone");
    }

    #[test]
    fn days_are_written_as_short_as_they_can_be() {
        let told = |first: &str, last: &str| days(&story(&["a", "b"], &[first, last])).unwrap();
        assert_eq!(told("2031-03-04", "2031-03-04"), "4 March 2031");
        assert_eq!(told("2031-02-28", "2031-03-03"), "28 February to 3 March 2031");
        assert_eq!(told("2030-12-30", "2031-01-02"), "30 December 2030 to 2 January 2031");
        assert_eq!(days(&story(&["a"], &[])), None);
    }
}

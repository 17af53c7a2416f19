//! A [`Bundle`] in, an [`Edition`] out: a pure function.
//!
//! All articles are grouped together, so that an event which two sections have is told once. The stories are told in the order
//! of their importance, each without what this reader was told before, by earlier editions or by the stories above, until
//! the edition is full. A story in which nothing is news is passed over and takes no place.

use super::bundle::{Bundle, Entry};
use super::paper::{Edition, Headline, Line, SCHEMA, SourceReport, Status, StorySection, ToldStory};
use super::ranking::{Heap, Ranked, has_text};
use super::room::{Place, Room};
use super::standing::Dating;
use crate::brief::config::{Config, Section};
use crate::cite::Digest;
use crate::error::Error;
use crate::model::{Article, Budget, Cluster, Extent, LeftOut, Options};
use crate::read::Reading;
use crate::select::Outcome;
use crate::stories::Story;
use crate::summarize::Summarizer;
use crate::told::Told;

/// A story of one article has so large a share of the length of a digest: it has one voice.
const SHARE_ALONE: [usize; 2] = [1, 2];

/// So many things that could not be read are named; a folder of pictures has thousands.
const MOST_LEFT_OUT: usize = 20;

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq)]
pub enum Composed {
    /// There is something to tell.
    Edition(Box<Edition>),
    /// There is not: how that came about.
    NothingNew(Status),
}

/// Makes an edition.
///
/// # Errors
///
/// [`ErrorKind::Usage`](crate::error::ErrorKind::Usage) where a configuration that was not checked cannot work.
pub fn compose(bundle: &Bundle) -> Result<Composed, Error> {
    let config = &bundle.config;
    let (with_text, headlines): (Vec<&Entry>, Vec<&Entry>) =
        bundle.articles.iter().partition(|entry| has_text(&entry.article));
    let heaps = [Heap::of(with_text, config), Heap::of(headlines, config)];
    let desk = Desk::new(config, &heaps[0], bundle.told())?;
    let mut told = desk.tell();
    // What has nothing to quote is named behind what has.
    told.more.extend(heaps[1].ranked().iter().map(|of| desk.headline(of)));
    let status = status(bundle, &heaps, told.nothing_new);
    if told.stories.is_empty() && told.more.is_empty() {
        return Ok(Composed::NothingNew(status));
    }
    let glance = told.glance(config.edition.glance);
    let more_unnamed = told.more.len().saturating_sub(config.edition.more);
    Ok(Composed::Edition(Box::new(Edition {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        briefing: config.id.clone(),
        id: bundle.id.clone(),
        title: config.title.clone(),
        zone: config.zone.clone(),
        window: bundle.window,
        glance,
        more: told.more.into_iter().take(config.edition.more).collect(),
        more_unnamed,
        sections: sections(&config.sections, told.stories),
        status,
    })))
}

/// Tells stories.
struct Desk<'h> {
    config: &'h Config,
    heap: &'h Heap<'h>,
    /// What the reader was told by earlier editions.
    before: Told,
    /// For each section who digests a story of several articles, and who one of a single article.
    summarizers: Vec<[Summarizer; 2]>,
}

/// What was told, and what was not.
#[derive(Default)]
struct Telling {
    /// With the section of each, the most important one first.
    stories: Vec<(usize, ToldStory)>,
    more: Vec<Headline>,
    nothing_new: usize,
}

impl<'h> Desk<'h> {
    fn new(config: &'h Config, heap: &'h Heap<'h>, before: Told) -> Result<Self, Error> {
        let summarizers = |section: &Section| {
            let budget = section.budget.unwrap_or(config.edition.budget);
            let about = section.about.clone().or_else(|| config.edition.about.clone());
            let options =
                |budget| Options { budget, about: about.clone(), families: config.families(), ..Options::default() };
            Ok([Summarizer::new(&options(budget))?, Summarizer::new(&options(alone(budget)))?])
        };
        let summarizers = config.sections.iter().map(summarizers).collect::<Result<_, Error>>()?;
        Ok(Self { config, heap, before, summarizers })
    }

    fn tell(&self) -> Telling {
        let mut told = self.before.clone();
        let mut telling = Telling::default();
        let ranked = self.heap.ranked();
        let mut room = Room::new(self.config);
        let mut waiting = Vec::new();
        for of in ranked {
            match room.has(&of) {
                Place::Free => self.tell_one(of, &mut told, &mut room, &mut telling),
                Place::Later => waiting.push(of),
                Place::Full => telling.more.push(self.headline(&of)),
            }
        }
        // What one outlet has too much of fills what nobody else has filled.
        for of in waiting {
            if room.is_full(of.section) {
                telling.more.push(self.headline(&of));
            } else {
                self.tell_one(of, &mut told, &mut room, &mut telling);
            }
        }
        telling
    }

    fn tell_one(&self, of: Ranked<'h>, told: &mut Told, room: &mut Room<'_>, telling: &mut Telling) {
        let Some(cluster) = self.cluster(of.members) else {
            telling.more.push(self.headline(&of));
            return;
        };
        let [several, alone] = &self.summarizers[of.section];
        let digest = if of.story.alone { alone } else { several }.summarize_new(&cluster, told);
        match digest.outcome {
            _ if !digest.items.is_empty() => {}
            Outcome::NothingNew => {
                telling.nothing_new += 1;
                return;
            }
            _ => {
                telling.more.push(self.headline(&of));
                return;
            }
        }
        told.add_quotes(&digest);
        room.take(&of);
        telling.stories.push((of.section, self.told(&of, &cluster, digest)));
    }

    /// The articles of a story that have text, in the language of most.
    fn cluster(&self, members: &[usize]) -> Option<Cluster> {
        let articles = members.iter().map(|member| &self.heap.grouped.articles[*member]);
        let with_text: Vec<Article> = articles.filter(|article| article.prose().next().is_some()).cloned().collect();
        (!with_text.is_empty()).then(|| Reading { articles: with_text, skipped: Vec::new() }.into_cluster())
    }

    fn told(&self, of: &Ranked<'_>, cluster: &Cluster, digest: Digest) -> ToldStory {
        let story = of.story;
        let is_excerpt = |article: &Article| article.metadata.extent == Some(Extent::Excerpt);
        ToldStory {
            id: story.id.clone(),
            // The headline of the article that the first quote is from: one of another article promises another story.
            title: digest.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| called(story)),
            articles: story.articles.len(),
            voices: story.voices.len(),
            outlets: story.outlets.clone(),
            first: story.first,
            last: story.last,
            dating: of.dating,
            excerpts: cluster.articles.iter().all(is_excerpt),
            told_before: self.told_before(of, cluster, &digest),
            score: of.score,
            digest,
        }
    }

    /// How many sentences of a story earlier editions told. What this one told further up is no news of yesterday.
    fn told_before(&self, of: &Ranked<'_>, cluster: &Cluster, digest: &Digest) -> usize {
        let told = |digest: &Digest| digest.passed_over.map_or(0, |passed_over| passed_over.told);
        if told(digest) == 0 || self.before.told_sentences() == 0 {
            return 0;
        }
        told(&self.summarizers[of.section][0].summarize_new(cluster, &self.before))
    }

    fn headline(&self, of: &Ranked<'_>) -> Headline {
        let url = |member: &usize| of.heap.grouped.articles[*member].metadata.url.as_ref().map(|url| url.value.clone());
        Headline {
            story: of.story.id.clone(),
            section: self.config.sections.get(of.section).map(|section| section.name.clone()).unwrap_or_default(),
            title: called(of.story),
            outlet: of.story.outlets.first().cloned(),
            url: of.members.iter().find_map(url),
            articles: of.story.articles.len(),
        }
    }
}

impl Telling {
    fn glance(&self, lines: usize) -> Vec<Line> {
        let line = |story: &ToldStory| Line {
            story: story.id.clone(),
            title: story.title.clone(),
            articles: story.articles,
            voices: story.voices,
            dating: story.dating,
        };
        self.stories.iter().take(lines).map(|(_, story)| line(story)).collect()
    }
}

/// The length of a digest of a story that one article tells.
fn alone(budget: Budget) -> Budget {
    let [share, of] = SHARE_ALONE;
    let part = |length: usize| (length * share).div_ceil(of);
    match budget {
        Budget::Words(words) => Budget::Words(part(words)),
        Budget::Sentences(sentences) => Budget::Sentences(part(sentences)),
        Budget::Chars(chars) => Budget::Chars(part(chars)),
        Budget::Percent(percent) => Budget::Percent(percent),
    }
}

/// The title of a story, or the name of its first article where it has none.
fn called(story: &Story) -> String {
    story.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| story.id.clone())
}

/// Sections of the configuration that have stories.
fn sections(sections: &[Section], told: Vec<(usize, ToldStory)>) -> Vec<StorySection> {
    let mut parted: Vec<StorySection> =
        sections.iter().map(|section| StorySection { name: section.name.clone(), stories: Vec::new() }).collect();
    told.into_iter().for_each(|(section, story)| parted[section].stories.push(story));
    parted.retain(|section| !section.stories.is_empty());
    parted
}

fn status(bundle: &Bundle, heaps: &[Heap<'_>], nothing_new: usize) -> Status {
    let dated = |dating: Dating| bundle.articles.iter().filter(|entry| entry.dating == dating).count();
    let sources: Vec<SourceReport> = bundle.sources.clone();
    let left_out: Vec<LeftOut> = bundle.left_out.iter().take(MOST_LEFT_OUT).cloned().collect();
    Status {
        sources,
        articles: bundle.articles.len(),
        stories: heaps.iter().map(|heap| heap.grouped.stories.stories.len()).sum(),
        nothing_new,
        undated: dated(Dating::Undated),
        ahead: dated(Dating::Ahead),
        older: bundle.counts.older,
        muted: bundle.counts.muted,
        left_out_unnamed: bundle.left_out.len() - left_out.len(),
        left_out,
    }
}

//! A feed in, an article an entry out, with what the feed says of it.

use super::ReadOptions;
use super::assemble::{each_article, of_extract};
use super::carrier::{Carrier, PART};
use super::decode::Refusal;
use super::extract::{Extract, Given};
use super::feeds::{Content, Entry, Publisher, Text, entries, without_more_mark};
use super::load::{self, Loaded, refused};
use super::metadata::Trust;
use super::{html, plain};
use crate::error::{Error, ErrorKind};
use crate::model::{Extent, Found, Limits, Markup, Origin};

impl Carrier {
    pub fn feed(&self, bytes: &[u8], options: &ReadOptions) -> Result<Loaded, Error> {
        let refused = |refusal: Refusal| refused(&self.shown, refusal);
        let feed = entries(bytes, &options.limits).map_err(refused)?;
        if feed.entries.is_empty() && feed.damaged.is_none() {
            return Err(self.refuse(ErrorKind::Empty, "a feed without entries", "leave it out"));
        }
        let mut loaded = Loaded::default();
        if let Some(damage) = feed.damaged {
            let what = match feed.entries.is_empty() {
                true => format!("a feed of which nothing can be read ({damage})"),
                false => format!("a damaged feed ({damage}), of which what can be read is read"),
            };
            loaded.trouble.push(self.refuse(ErrorKind::NotText, what, "get an undamaged copy"));
        }
        let entries = feed.entries.into_iter().enumerate().collect();
        let made = each_article(entries, bytes.len(), |(index, entry): (usize, Entry)| {
            self.check_time(&options.limits)?;
            let part = (index + 1).to_string();
            let extract = extract(entry, &options.limits)
                .map_err(|refusal| load::refused(&format!("{}{PART}{part}", self.shown), refusal))?;
            let source = self.source(Some(&part), &extract.text, Origin::Extracted);
            Ok(of_extract(source, extract, Trust::Given, options))
        });
        loaded.add(made);
        Ok(loaded)
    }
}

fn extract(entry: Entry, limits: &Limits) -> Result<Extract, Refusal> {
    let (text, extent) = match entry.content {
        Some(Content { text, extent }) => (Some(text), Some(extent)),
        None => (None, None),
    };
    let (mut text, mut stretches) = match text {
        Some(Text::Html(html)) => html::fragment(&html, limits)?,
        Some(Text::Plain(text)) => {
            let stretches = plain::stretches(&text);
            (text, stretches)
        }
        None => (String::new(), Vec::new()),
    };
    if extent == Some(Extent::Excerpt) {
        without_more_mark(&mut text, &mut stretches);
    }
    let by_entry = |text: Option<String>| text.map(|text| (text, Found::Entry));
    let publisher = entry.publisher.map(|Publisher { name, of_feed }| {
        let found = if of_feed { Found::Feed } else { Found::Entry };
        (name, found)
    });
    let authors = Some(entry.authors.join(", ")).filter(|authors| !authors.is_empty());
    let given = Given {
        title: by_entry(entry.title),
        publisher,
        byline: by_entry(authors),
        published: entry.published.map(|moment| (moment, Found::Entry)),
        updated: entry.updated.map(|moment| (moment, Found::Entry)),
        shown: None,
        url: by_entry(entry.url),
        id: by_entry(entry.id),
        language: entry.language,
        extent,
    };
    Ok(Extract { text, stretches, markup: Markup::Feed, given })
}

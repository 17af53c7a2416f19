//! A message of electronic mail, or a mailbox, in, an article a message out.

use super::ReadOptions;
use super::assemble::{each_article, of_extract};
use super::carrier::Carrier;
use super::load::Loaded;
use super::mail::{Messages, message, messages};
use super::metadata::Trust;
use crate::error::{Error, ErrorKind};
use crate::model::Origin;

impl Carrier {
    /// The articles of a message, a digest of messages or a mailbox. A message that cannot be read is named by its number.
    pub fn mail(&self, bytes: &[u8], options: &ReadOptions) -> Result<Loaded, Error> {
        let Messages { each, has_more } = messages(bytes, &options.limits);
        if has_more {
            return Err(self.too_many(options));
        }
        let is_one = each.len() == 1;
        let made = each_article(each.into_iter().enumerate().collect(), bytes.len(), |(index, bytes)| {
            self.check_time(&options.limits)?;
            let number = (!is_one).then(|| (index + 1).to_string());
            let name = |text: &str| self.source(number.as_deref(), text, Origin::Extracted);
            match message(&bytes, &options.limits) {
                Ok(extract) => Ok(of_extract(name(&extract.text), extract, Trust::Given, options)),
                Err((what, way_out)) => Err(Error::new(ErrorKind::NotAnArticle, name("").name, what, way_out)),
            }
        });
        let mut loaded = Loaded::default();
        loaded.add(made);
        Ok(loaded)
    }
}

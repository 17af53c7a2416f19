//! An edition of the archive in, whether it can be made again to the byte out.

use super::config::Form;
use super::edition::{Bundle, Composed, Edition, compose, forms};
use super::ledger::EditionRow;
use super::run::name;
use crate::error::{Error, ErrorKind};
use crate::read::sha256;

/// What is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The name of the form.
    pub form: String,
    /// SHA-256 of what was kept, in hexadecimal.
    pub kept: String,
    /// SHA-256 of what was made now; `None` where nothing was.
    pub made: Option<String>,
}

/// Makes an edition again from its bundle, and compares every form of it with what was kept.
///
/// # Errors
///
/// [`ErrorKind::Unreadable`] where the bundle cannot be read.
pub fn replay(row: &EditionRow) -> Result<Vec<Difference>, Error> {
    let bundle: Bundle = serde_json::from_slice(&row.bundle).map_err(|error| {
        let way_out = "try the version of epitome that made it";
        Error::new(ErrorKind::Unreadable, &row.id, format!("its bundle cannot be read ({error})"), way_out)
    })?;
    let made = match compose(&bundle)? {
        Composed::Edition(edition) => Some(edition),
        Composed::NothingNew(_) => None,
    };
    // What was kept must be what was hashed then.
    let json = row.forms.get(name(Form::Json)).map(|bytes| sha256(bytes)).unwrap_or_default();
    let mut differences = Vec::new();
    if json != row.sha256 {
        differences.push(Difference { form: "archive".to_owned(), kept: row.sha256.clone(), made: Some(json) });
    }
    differences.extend(compared(row, made.as_deref()));
    Ok(differences)
}

fn compared(row: &EditionRow, made: Option<&Edition>) -> Vec<Difference> {
    let again = made.map(forms).unwrap_or_default();
    let compare = |form: Form| {
        let kept = row.forms.get(name(form))?;
        let made = again.get(&form);
        (made != Some(kept)).then(|| Difference {
            form: name(form).to_owned(),
            kept: sha256(kept),
            made: made.map(|bytes| sha256(bytes)),
        })
    };
    [Form::Json, Form::Text, Form::Markdown, Form::Html].into_iter().filter_map(compare).collect()
}

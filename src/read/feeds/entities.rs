//! References in, characters out: `&#233;`, `&eacute;`, and what a document type declares by itself.
//!
//! Feeds use the names of HTML's characters without declaring them; those are known here. What a document declares is
//! expanded within [`Limits::entities`], without recursion; what lies in another file is never fetched.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::escape::resolve_html5_entity;

use crate::model::Limits;
use crate::read::decode::Refusal;

/// The entities of a document.
pub(super) struct Entities<'t> {
    declared: BTreeMap<&'t str, &'t str>,
    /// How many bytes the declared ones have added.
    added: u64,
    most: u64,
}

impl<'t> Entities<'t> {
    pub fn new(limits: &Limits) -> Self {
        Self { declared: BTreeMap::new(), added: 0, most: limits.entities }
    }

    /// Takes the entities out of the declaration of a document's type. One that lies in another file has no text.
    pub fn declare(&mut self, doctype: &'t str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let Some((name, rest)) = declaration.trim_start().split_once(|c: char| c.is_ascii_whitespace()) else {
                continue;
            };
            let rest = rest.trim_start();
            // The first declaration of a name counts; `%` declares what only a document type can use.
            if name == "%" || self.declared.contains_key(name) {
                continue;
            }
            let quoted = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = quoted.and_then(|quote| rest[1..].split_once(quote)).map_or("", |(value, _)| value);
            self.declared.insert(name, value);
        }
    }

    /// What a reference stands for, or itself if it stands for nothing: `&T;` of `AT&T; once`.
    ///
    /// # Errors
    ///
    /// The limit of what declared entities may add.
    pub fn character<'r>(&mut self, reference: &'r str) -> Result<Cow<'r, str>, Refusal> {
        let name = reference.trim_start_matches('&').trim_end_matches(';');
        match self.declared.get(name) {
            Some(value) if !is_of_xml(name) => {
                let value = *value;
                Ok(Cow::Owned(self.expanded(name, value)?))
            }
            _ => Ok(known(name).unwrap_or(Cow::Borrowed(reference))),
        }
    }

    /// A text with its references resolved.
    ///
    /// # Errors
    ///
    /// The limit of what declared entities may add.
    pub fn resolve<'r>(&mut self, text: &'r str) -> Result<Cow<'r, str>, Refusal> {
        if !text.contains('&') {
            return Ok(Cow::Borrowed(text));
        }
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, reference, behind)) = next_reference(rest) {
            resolved.push_str(before);
            resolved.push_str(&self.character(reference)?);
            rest = behind;
        }
        resolved.push_str(rest);
        Ok(Cow::Owned(resolved))
    }

    /// The text of a declared entity with the ones in it expanded; one that holds itself is left out there.
    ///
    /// The limit is reached before time is, however they are nested: each reference counts, and is compared with a few.
    fn expanded(&mut self, name: &str, value: &'t str) -> Result<String, Refusal> {
        let mut text = String::new();
        // The texts that are being read, each in the one before it, with the names of their entities.
        let mut open: Vec<(Cow<'_, str>, &str)> = vec![(Cow::Borrowed(name), value)];
        while let Some((_, rest)) = open.last_mut() {
            let Some((before, reference, behind)) = next_reference(rest) else {
                text.push_str(rest);
                self.count(rest.len())?;
                open.pop();
                continue;
            };
            *rest = behind;
            text.push_str(before);
            // Counted as one byte at least: entities that hold nothing but each other take time, if no room.
            self.count(before.len() + 1)?;
            let name = &reference[1..reference.len() - 1];
            match self.declared.get(name) {
                Some(_) if open.len() >= DEEPEST || open.iter().any(|(known, _)| known == name) => {}
                Some(value) if !is_of_xml(name) => open.push((Cow::Borrowed(name), value)),
                _ => text.push_str(known(name).as_deref().unwrap_or(reference)),
            }
        }
        Ok(text)
    }

    fn count(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.added += bytes as u64;
        if self.added <= self.most {
            return Ok(());
        }
        Err((Limits::exceeded("entities", self.most), Limits::WAY_OUT))
    }
}

/// Entities that stand in each other deeper than this are left out. No document type that people write has four.
const DEEPEST: usize = 32;

/// What no document may declare otherwise.
fn is_of_xml(name: &str) -> bool {
    matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
}

/// What a name or number stands for everywhere.
pub(super) fn known(name: &str) -> Option<Cow<'static, str>> {
    match name.strip_prefix('#') {
        Some(number) => numbered(number).map(|c| Cow::Owned(c.to_string())),
        None => resolve_html5_entity(name).map(Cow::Borrowed),
    }
}

/// The character of a number, decimal or behind an `x`. Those of 0x80 to 0x9F are meant as in windows-1252, as HTML has it.
fn numbered(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let value = value.ok().filter(|_| !number.starts_with('+'))?;
    if let (0x80..=0x9f, Ok(byte)) = (value, u8::try_from(value)) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    Some(char::from_u32(value).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The longest name of a reference, in bytes: twice the longest that HTML has.
const LONGEST_NAME: usize = 64;

/// The first reference of a text, with what stands before and behind it.
pub(super) fn next_reference(text: &str) -> Option<(&str, &str, &str)> {
    for (at, _) in text.match_indices('&') {
        let name = &text.as_bytes()[at + 1..];
        let length = name.iter().take(LONGEST_NAME).position(|&byte| !is_of_name(byte));
        if let Some(length) = length.filter(|length| *length > 0 && name[*length] == b';') {
            let end = at + length + 2;
            return Some((&text[..at], &text[at..end], &text[end..]));
        }
    }
    None
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'#' | b'.' | b'-' | b'_' | b':')
}

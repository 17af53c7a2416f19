//! Stretches of text in, classified blocks out.
//!
//! 1. `glued` parts stretches that several blocks were run together in.
//! 2. `shape` says what each is by itself: its length, its end, its words. A line of running text may open with a dateline
//!    (`PORT ELLA, Norland —`), which becomes a block of its own.
//! 3. `neighbours` corrects that by what stands around it: the first heading above the text is the headline, a sentence
//!    above a picture's credit is a caption, what stands below the comments' heading was written by readers.
//!
//! What recurs in several articles of one outlet is set aside later, when all are read (`outlets`).

use super::glued::parts;
use super::neighbours::correct;
use super::shape::{by_shape, dateline_length};
use crate::model::{Block, BlockKind, Cue, Span};

/// A stretch of text that is one block, and what it is where the markup or the line around it says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub span: Span,
    pub known: Option<(BlockKind, Cue)>,
}

impl Stretch {
    /// A stretch of which only the shape is known.
    pub fn plain(span: Span) -> Self {
        Self { span, known: None }
    }
}

/// Says what each stretch is. Blocks come in the order of the text, without overlaps.
pub(super) fn classify(text: &str, stretches: &[Stretch]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(stretches.len() + 1);
    let mut before_prose = true;
    for stretch in stretches.iter().flat_map(|stretch| parts(text, *stretch)) {
        let (kind, cue) = stretch.known.unwrap_or_else(|| by_shape(stretch.span.of(text)));
        let dateline = match kind {
            BlockKind::Prose => dateline_length(stretch.span.of(text), before_prose),
            _ => None,
        };
        let mut span = stretch.span;
        if let Some(length) = dateline {
            let head = Span::new(span.start, span.start + length);
            blocks.push(Block { span: head.trimmed(text), kind: BlockKind::Dateline, cue: Cue::Place });
            span = Span::new(head.end, span.end).trimmed(text);
        }
        blocks.push(Block { span, kind, cue });
        before_prose &= kind != BlockKind::Prose;
    }
    correct(text, &mut blocks);
    blocks
}

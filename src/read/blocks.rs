//! Stretches of text in, classified blocks out.
//!
//! 1. `glued` parts stretches that several blocks were run together in.
//! 2. `shape` says what each is by itself: its length, its end, its words. A line of running text may open with a dateline
//!    (`PORT ELLA, Norland —`), which becomes a block of its own.
//! 3. `neighbours` corrects that by what stands around it: the first heading above the text is the headline, a sentence
//!    above a picture's credit is a caption, what stands below the comments' heading was written by readers.
//!
//! What recurs in several articles of one outlet is set aside later, when all are read (`outlets`).

use super::facts::{Facts, mark};
use super::glued::parts;
use super::neighbours::correct;
use super::shape::{by_shape, dateline_length};
use super::unspaced;
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

/// A text has one stop, bracket or quotation mark in so many bytes, mostly.
const BYTES_A_MARK: usize = 32;

/// Says what each stretch is. Blocks come in the order of the text, without overlaps, each with the facts of its text.
pub(super) fn classify(text: &str, stretches: &[Stretch]) -> (Vec<Block>, Vec<Facts>) {
    let mut blocks: Vec<Block> = Vec::with_capacity(stretches.len() + 1);
    // What is known of each block's text, in the order of the blocks.
    let mut known: Vec<Facts> = Vec::with_capacity(stretches.len() + 1);
    let mut add = |block: Block, facts: Facts| {
        blocks.push(block);
        known.push(facts);
    };
    // Where the marks stand at which or behind which a sentence may begin.
    let mut marks: Vec<usize> = Vec::with_capacity(text.len() / BYTES_A_MARK);
    let mut before_prose = true;
    let mut pieces = Vec::new();
    for stretch in stretches {
        let of_whole = Facts::with_marks(stretch.span.of(text), |at| marks.push(stretch.span.start + at));
        pieces.clear();
        parts(text, *stretch, &of_whole, &mut pieces);
        for piece in &pieces {
            let mut span = piece.span;
            let slice = span.of(text);
            let mut facts = if span == stretch.span { of_whole } else { Facts::of(slice) };
            let (kind, cue) = piece.known.unwrap_or_else(|| by_shape(slice, &facts));
            let of_agency = || if facts.has(mark::UNSPACED) { unspaced::dateline_length(slice) } else { None };
            let dateline = || of_agency().or_else(|| dateline_length(slice, before_prose));
            let dateline = if kind == BlockKind::Prose { dateline() } else { None };
            if let Some(length) = dateline {
                let head = Span::new(span.start, span.start + length);
                let place = Block::new(head.trimmed(text), BlockKind::Dateline, Cue::Place);
                add(place, Facts::of(place.span().of(text)));
                span = Span::new(head.end, span.end).trimmed(text);
                facts = Facts::of(span.of(text));
            }
            add(Block::new(span, kind, cue), facts);
            before_prose &= kind != BlockKind::Prose;
        }
    }
    correct(text, &mut blocks, &known, &marks);
    (blocks, known)
}

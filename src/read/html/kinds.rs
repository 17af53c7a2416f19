//! The blocks of a page in, what each is known to be by its elements out.
//!
//! Elements are believed where they say what sentences cannot: that a line is a heading, an item, code, a cell of a table.
//! They are not where they are used for looks: whole sentences are set as a heading to be large, and a table lays out a
//! page.

use super::blocks::{Block, Kind, Page};
use crate::model::BlockKind;

/// What is known of the blocks of a page.
pub(super) struct Kinds<'a> {
    page: &'a Page,
    tables: Tables,
}

impl<'a> Kinds<'a> {
    /// Looks through the tables of a page.
    pub fn of(page: &'a Page) -> Self {
        Self { page, tables: Tables::of(page) }
    }

    /// What a block is where its elements say so.
    pub fn known(&self, block: &Block) -> Option<BlockKind> {
        match block.kind {
            Kind::Heading(_) if has_sentences(self.page.text_of(block)) => None,
            Kind::Heading(_) => Some(BlockKind::Label),
            Kind::Item => Some(BlockKind::ListItem),
            Kind::Code => Some(BlockKind::Markup),
            Kind::Cell | Kind::Paragraph if self.tables.has_data_in(block) => Some(BlockKind::Markup),
            _ => None,
        }
    }
}

/// A sentence has so many words: fewer stand in front of the stop of `Mr.`, or make a slogan.
const LEAST_OF_SENTENCE: usize = 3;

/// Whether a text is two or more whole sentences.
fn has_sentences(text: &str) -> bool {
    const STOPS: [char; 7] = ['.', '!', '?', '…', '。', '！', '？'];
    let closing = |c: char| matches!(c, '"' | '”' | '’' | '»' | '\'' | ')');
    if !text.trim_end_matches(closing).ends_with(STOPS) {
        return false;
    }
    let (mut sentences, mut words) = (0, 0);
    for word in text.split(' ') {
        words += 1;
        if word.trim_end_matches(closing).ends_with(STOPS) && !is_short_for(word) {
            sentences += usize::from(words >= LEAST_OF_SENTENCE);
            words = 0;
        }
    }
    sentences >= 2
}

/// Whether a word with a full stop is an initial or a title: `R.`, `Mrs.`
fn is_short_for(word: &str) -> bool {
    const LONGEST: usize = 3;
    let letters = word.strip_suffix('.').unwrap_or_default();
    letters.starts_with(char::is_uppercase) && letters.chars().count() <= LONGEST
}

/// A cell of data has so many bytes at most, in the mean of its table: more is text that a table lays out.
const LONGEST_CELL: usize = 80;

/// A table of data has so many rows of several cells at least.
const LEAST_ROWS: usize = 2;

/// The tables of a page that hold data.
struct Tables {
    /// The innermost table that each element stands in, by its place among the elements; 0 if none.
    table_of: Vec<usize>,
    is_data: Vec<bool>,
}

/// What the cells of a table hold, all in all.
#[derive(Clone, Copy, Default)]
struct Cells {
    blocks: usize,
    bytes: usize,
    /// Cells with text, and rows with several of these.
    cells: usize,
    rows: usize,
    has_head: bool,
}

impl Tables {
    fn of(page: &Page) -> Self {
        let count = page.elements.len();
        let (mut table_of, mut row_of, mut cell_of) = (vec![0; count], vec![0; count], vec![0; count]);
        for (at, element) in page.elements.iter().enumerate().skip(1) {
            let name = &*element.look.0;
            let inside = element.parent;
            table_of[at] = if name == "table" { at } else { table_of[inside] };
            row_of[at] = if name == "tr" { at } else { row_of[inside] };
            cell_of[at] = if matches!(name, "td" | "th") { at } else { cell_of[inside] };
        }
        let mut tables = vec![Cells::default(); count];
        let mut cells_in_row = vec![0_usize; count];
        let mut last = 0;
        for block in &page.blocks {
            let (table, row, cell) = (table_of[block.element], row_of[block.element], cell_of[block.element]);
            let of_table = &mut tables[table];
            of_table.blocks += 1;
            of_table.bytes += block.text.len();
            of_table.has_head |= *page.elements[cell].look.0 == *"th";
            // The blocks of a cell follow each other, unless a table stands between them.
            if cell != last {
                last = cell;
                of_table.cells += 1;
                cells_in_row[row] += 1;
                of_table.rows += usize::from(cells_in_row[row] == 2);
            }
        }
        let is_data = tables.iter().enumerate().map(|(at, table)| at > 0 && table.is_data()).collect();
        Self { table_of, is_data }
    }

    fn has_data_in(&self, block: &Block) -> bool {
        self.is_data[self.table_of[block.element]]
    }
}

impl Cells {
    /// Whether they are data: several columns of short cells, of one block each, or with names above or beside them.
    fn is_data(self) -> bool {
        let is_short = self.bytes <= LONGEST_CELL * self.cells && self.blocks == self.cells;
        let is_named = self.has_head && self.blocks <= 2 * self.cells;
        self.rows >= LEAST_ROWS && (is_short || is_named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Limits;
    use crate::read::html::tree::Tree;

    fn kinds(html: &str) -> Vec<Option<BlockKind>> {
        let page = Page::of(&Tree::parse(html, &Limits::default()));
        let kinds = Kinds::of(&page);
        page.blocks.iter().map(|block| kinds.known(block)).collect()
    }

    #[test]
    fn cells_of_data_are_no_prose() {
        let html =
            "<p>Fog lay on the harbour.</p><table><tr><th>Berth<th>Boats<tr><td>East<td>12<tr><td><p>West<td></table>";
        let cell = Some(BlockKind::Markup);
        assert_eq!(kinds(html), [None, cell, cell, cell, cell, cell]);
    }

    #[test]
    fn cells_that_lay_out_a_page_may_be() {
        let html = "<table><tr><td><a>Home</a><br><a>News</a><td>Fog lay on the harbour.<br><br>Two tugs came.</tr>\
                    <tr><td>Imprint<td>Contact</table>";
        assert!(kinds(html).iter().all(Option::is_none));
        assert_eq!(kinds("<table><tr><td>Fog lay on the harbour.</table>"), [None]);
    }

    #[test]
    fn a_heading_of_whole_sentences_is_none() {
        let label = Some(BlockKind::Label);
        for (text, kind) in [
            ("Fog in the harbour", label),
            ("Fog lay on the harbour.", label),
            ("Who is Mr. Reel?", label),
            ("What did J. R. Reel see in the fog?", label),
            ("Fog lay on the harbour. Two tugs came at noon.", None),
            ("“Fog lay on the harbour. Two tugs came at noon.”", None),
        ] {
            assert_eq!(kinds(&format!("<h2>{text}</h2>")), [kind], "{text}");
        }
    }
}

//! Arrow columns of texts in, Arrow columns of lists out: tokens, sentences or quotations of every row, no object a row.
//!
//! Takes string columns of any layout (32- or 64-bit offsets, views, dictionaries) that may come from another library
//! and are therefore checked first; gives `list<struct>` with `string` and `int32` inside, the types that every engine
//! reads. A null text gives a null list. Offsets are code points. Documented key by key in docs/integrations.md.
//!
//! Rows are shared among threads in blocks, and blocks joined again, so that a column keeps its chunks.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::builder::{ArrayBuilder, BooleanBuilder, Float64Builder, Int32Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, ListArray, StringArray, StringViewArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields};

use crate::batch;
use crate::doc::Doc;
use crate::error::{Error, Result};
use crate::normalize::Normalizer;
use crate::quote::Quote;
use crate::sentence::{self, LineMode};
use crate::text::{CharSpan, Span, TokenRange};
use crate::token::{Token, Tokenizer};

/// A block ends with this many rows …
const BLOCK_ROWS: usize = 1024;
/// … or this many bytes of text.
const BLOCK_BYTES: usize = 1 << 18;
/// An output chunk holds at most this many bytes of text: lists and strings have 32-bit offsets.
const CHUNK_BYTES: usize = 1 << 29;

/// What a column function gives for each text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Tokens,
    Sentences,
    Quotes,
}

impl What {
    const ALL: [Self; 3] = [Self::Tokens, Self::Sentences, Self::Quotes];

    fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Sentences => "sentences",
            Self::Quotes => "quotes",
        }
    }

    /// The function with this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }

    /// Type of the column that it gives.
    pub(crate) fn data_type(self) -> DataType {
        let fields = match self {
            Self::Tokens => Tokens::fields(),
            Self::Sentences => Sentences::fields(),
            Self::Quotes => Quotes::fields(),
        };
        list_of(fields)
    }
}

/// How rows are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) threads: usize,
    pub(crate) lines: LineMode,
}

impl From<ArrowError> for Error {
    fn from(error: ArrowError) -> Self {
        Self::argument(format!("Arrow column: {error}"))
    }
}

/// The column as plain strings, checked: offsets in order, UTF-8 throughout.
///
/// # Errors
///
/// The column does not hold strings, or its buffers are malformed.
fn checked(column: &ArrayRef) -> Result<ArrayRef> {
    column.to_data().validate_full()?;
    match column.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(Arc::clone(column)),
        DataType::Null => Ok(arrow_cast::cast(column, &DataType::Utf8)?),
        DataType::Dictionary(_, value) => match **value {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                Ok(arrow_cast::cast(column, &DataType::LargeUtf8)?)
            }
            _ => Err(not_text(column.data_type())),
        },
        // A table comes as structs, one field a column: the relation of a query, a frame.
        DataType::Struct(fields) => match column.as_struct().columns() {
            [only] if column.null_count() == 0 && !matches!(only.data_type(), DataType::Struct(_)) => checked(only),
            _ => {
                let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
                Err(Error::argument(format!("one column of strings is needed, not a table of {}", names.join(", "))))
            }
        },
        other => Err(not_text(other)),
    }
}

fn not_text(data_type: &DataType) -> Error {
    Error::argument(format!("a column of strings is needed, not of {data_type}"))
}

/// Reads every row of a column; gives one array, or several if 32-bit offsets do not reach.
///
/// # Errors
///
/// The column holds no strings or is malformed, `poll` fails (it is called some twenty times a second), or a row is too
/// long.
pub(crate) fn read<E: From<Error>>(
    what: What,
    column: &ArrayRef,
    options: Options,
    mut poll: impl FnMut() -> std::result::Result<(), E>,
) -> std::result::Result<Vec<ArrayRef>, E> {
    let texts = texts(column, &mut poll)?;
    match what {
        What::Tokens => read_as::<Tokens, E>(texts, options, poll),
        What::Sentences => read_as::<Sentences, E>(texts, options, poll),
        What::Quotes => read_as::<Quotes, E>(texts, options, poll),
    }
}

/// Normalizes every row of a column; gives one array of strings, or several if 32-bit offsets do not reach.
///
/// # Errors
///
/// As for `read`.
pub(crate) fn normalize<E: From<Error>>(
    normalizer: Normalizer,
    column: &ArrayRef,
    threads: usize,
    mut poll: impl FnMut() -> std::result::Result<(), E>,
) -> std::result::Result<Vec<ArrayRef>, E> {
    let texts = texts(column, &mut poll)?;
    let blocks = texts.blocks()?;
    let work = move |block: &Block, _: &AtomicBool| {
        let mut output = StringBuilder::with_capacity(block.rows.len(), block.bytes);
        for row in block.rows.clone() {
            output.append_option(texts.get(row).map(|text| normalizer.normalize(text)));
        }
        output.finish()
    };
    let strings = batch::map_polled(blocks.clone(), threads, work, poll)?;
    joined(&blocks, &strings, &DataType::Utf8)
}

/// The texts of a column, once it is checked: half a gigabyte of them takes long enough for Ctrl-C.
fn texts<E: From<Error>>(
    column: &ArrayRef,
    poll: impl FnMut() -> std::result::Result<(), E>,
) -> std::result::Result<Texts, E> {
    let check = |column: &ArrayRef, _: &AtomicBool| checked(column).and_then(|strings| Texts::of(&strings));
    let found = batch::map_polled(vec![Arc::clone(column)], 1, check, poll)?;
    Ok(found.into_iter().next().unwrap_or_else(|| Texts::of(&arrow_array::new_empty_array(&DataType::Utf8)))?)
}

fn read_as<I: Items, E: From<Error>>(
    texts: Texts,
    options: Options,
    poll: impl FnMut() -> std::result::Result<(), E>,
) -> std::result::Result<Vec<ArrayRef>, E> {
    let blocks = texts.blocks()?;
    let work = move |block: &Block, stopped: &AtomicBool| list::<I>(&texts, block.rows.clone(), options.lines, stopped);
    let lists = batch::map_polled(blocks.clone(), options.threads, work, poll)?;
    joined(&blocks, &lists, &list_of(I::fields()))
}

/// The results of the blocks in one array, or in several where 32-bit offsets would not reach.
fn joined<A: Array, E: From<Error>>(
    blocks: &[Block],
    results: &[A],
    data_type: &DataType,
) -> std::result::Result<Vec<ArrayRef>, E> {
    let mut chunks = Vec::new();
    let mut start = 0;
    while start < blocks.len() {
        let mut bytes = 0;
        let fits = blocks.iter().skip(start).take_while(|block| {
            bytes += block.bytes;
            bytes <= CHUNK_BYTES
        });
        let end = start + fits.count().max(1);
        let parts: Vec<&dyn Array> =
            results.get(start..end).unwrap_or_default().iter().map(|result| result as &dyn Array).collect();
        chunks.push(arrow_select::concat::concat(&parts).map_err(Error::from)?);
        start = end;
    }
    if chunks.is_empty() {
        chunks.push(arrow_array::new_empty_array(data_type));
    }
    Ok(chunks)
}

/// Rows that one thread reads at a time.
#[derive(Clone)]
struct Block {
    rows: Range<usize>,
    bytes: usize,
}

/// A checked column, whatever its layout; it shares the buffers.
enum Texts {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

impl Texts {
    fn of(column: &ArrayRef) -> Result<Self> {
        match column.data_type() {
            DataType::Utf8 => Ok(Self::Small(column.as_string().clone())),
            DataType::LargeUtf8 => Ok(Self::Large(column.as_string().clone())),
            DataType::Utf8View => Ok(Self::View(column.as_string_view().clone())),
            other => Err(not_text(other)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Small(column) => column.len(),
            Self::Large(column) => column.len(),
            Self::View(column) => column.len(),
        }
    }

    /// The text of a row; `None` if it is null.
    fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Small(column) => column.is_valid(row).then(|| column.value(row)),
            Self::Large(column) => column.is_valid(row).then(|| column.value(row)),
            Self::View(column) => column.is_valid(row).then(|| column.value(row)),
        }
    }

    fn blocks(&self) -> Result<Vec<Block>> {
        let mut blocks = Vec::new();
        let (mut start, mut bytes) = (0, 0);
        for row in 0..self.len() {
            let length = self.get(row).map_or(0, str::len);
            if i32::try_from(length).is_err() {
                return Err(Error::argument(format!(
                    "row {row} has {length} bytes; at most {} fit in a column: split it into documents",
                    i32::MAX
                )));
            }
            bytes += length;
            if row + 1 - start == BLOCK_ROWS || bytes >= BLOCK_BYTES {
                blocks.push(Block { rows: start..row + 1, bytes });
                (start, bytes) = (row + 1, 0);
            }
        }
        if start < self.len() {
            blocks.push(Block { rows: start..self.len(), bytes });
        }
        Ok(blocks)
    }
}

/// The lists of a block of rows; cut short when they are not wanted any more.
fn list<I: Items>(texts: &Texts, rows: Range<usize>, lines: LineMode, stopped: &AtomicBool) -> ListArray {
    let mut items = I::default();
    let mut lengths = Vec::with_capacity(rows.len());
    let mut valid = Vec::with_capacity(rows.len());
    for row in rows.take_while(|_| !stopped.load(Ordering::Relaxed)) {
        let text = texts.get(row);
        valid.push(text.is_some());
        lengths.push(text.map_or(0, |text| items.push(text, lines)));
    }
    let values = StructArray::new(I::fields(), items.finish(), None);
    let item = Arc::new(Field::new("item", values.data_type().clone(), true));
    let nulls = Some(NullBuffer::from(valid)).filter(|nulls| nulls.null_count() > 0);
    ListArray::new(item, OffsetBuffer::from_lengths(lengths), Arc::new(values), nulls)
}

fn list_of(fields: Fields) -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Struct(fields), true)))
}

/// The struct inside the lists: its fields, and how a text fills them.
trait Items: Default {
    fn fields() -> Fields;
    /// Adds what a text holds; gives the number of items.
    fn push(&mut self, text: &str, lines: LineMode) -> usize;
    /// One array a field.
    fn finish(self) -> Vec<ArrayRef>;
}

fn field(name: &str, data_type: DataType) -> FieldRef {
    Arc::new(Field::new(name, data_type, true))
}

/// A position; a text of at most `i32::MAX` bytes has no more code points.
fn int(position: u32) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

#[derive(Default)]
struct Tokens {
    text: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
    kind: StringBuilder,
}

impl Items for Tokens {
    fn fields() -> Fields {
        Fields::from(vec![
            field("text", DataType::Utf8),
            field("start_char", DataType::Int32),
            field("end_char", DataType::Int32),
            field("kind", DataType::Utf8),
        ])
    }

    fn push(&mut self, text: &str, _: LineMode) -> usize {
        let tokens = crate::tokenize(text);
        for token in &tokens {
            self.text.append_value(token.text(text));
            self.start.append_value(int(token.chars.start));
            self.end.append_value(int(token.chars.end));
            self.kind.append_value(token.kind.name());
        }
        tokens.len()
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.text.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.kind.finish()),
        ]
    }
}

#[derive(Default)]
struct Sentences {
    text: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
}

impl Items for Sentences {
    fn fields() -> Fields {
        Fields::from(vec![
            field("text", DataType::Utf8),
            field("start_char", DataType::Int32),
            field("end_char", DataType::Int32),
        ])
    }

    fn push(&mut self, text: &str, lines: LineMode) -> usize {
        let before = self.start.len();
        sentence::read(text, &Tokenizer::default(), lines, &mut SentencesOf { text, columns: self });
        self.start.len() - before
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![Arc::new(self.text.finish()), Arc::new(self.start.finish()), Arc::new(self.end.finish())]
    }
}

/// The columns, and the text whose sentences they take.
struct SentencesOf<'a> {
    text: &'a str,
    columns: &'a mut Sentences,
}

impl sentence::Reader for SentencesOf<'_> {
    fn sentence(&mut self, first: &Token, last: &Token, _: usize) {
        self.columns.text.append_value(Span::new(first.span.start, last.span.end).of(self.text));
        self.columns.start.append_value(int(first.chars.start));
        self.columns.end.append_value(int(last.chars.end));
    }
}

/// Lists of code-point ranges inside a quotation.
#[derive(Default)]
struct Ranges {
    start: Int32Builder,
    end: Int32Builder,
    lengths: Vec<usize>,
}

impl Ranges {
    fn fields() -> Fields {
        Fields::from(vec![field("start_char", DataType::Int32), field("end_char", DataType::Int32)])
    }

    fn push(&mut self, doc: &Doc, ranges: &[TokenRange]) {
        for &range in ranges {
            let chars = doc.chars(range);
            self.start.append_value(int(chars.start));
            self.end.append_value(int(chars.end));
        }
        self.lengths.push(ranges.len());
    }

    fn finish(mut self) -> ArrayRef {
        let columns: Vec<ArrayRef> = vec![Arc::new(self.start.finish()), Arc::new(self.end.finish())];
        let values = StructArray::new(Self::fields(), columns, None);
        let item = Arc::new(Field::new("item", values.data_type().clone(), true));
        Arc::new(ListArray::new(item, OffsetBuffer::from_lengths(self.lengths), Arc::new(values), None))
    }
}

/// A phrase of the text: its words and where they stand, all null where there is none.
#[derive(Default)]
struct Phrase {
    text: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
}

impl Phrase {
    fn push(&mut self, doc: &Doc, range: Option<TokenRange>) {
        let chars = range.map(|range| doc.chars(range));
        self.text.append_option(range.map(|range| doc.slice(range)));
        self.start.append_option(chars.map(|chars| int(chars.start)));
        self.end.append_option(chars.map(|chars| int(chars.end)));
    }

    fn finish(mut self) -> [ArrayRef; 3] {
        [Arc::new(self.text.finish()), Arc::new(self.start.finish()), Arc::new(self.end.finish())]
    }
}

#[derive(Default)]
struct Quotes {
    kind: StringBuilder,
    text: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
    content: Ranges,
    quoted: Ranges,
    cue: Phrase,
    cue_lemma: StringBuilder,
    speaker: Phrase,
    speaker_kind: StringBuilder,
    entity: StringBuilder,
    gender: StringBuilder,
    belief: BooleanBuilder,
    asserted: BooleanBuilder,
    confidence: Float64Builder,
    parent: Int32Builder,
}

impl Quotes {
    fn push_quote(&mut self, doc: &Doc, quote: &Quote) {
        let first = quote.content.first().map_or_else(CharSpan::default, |&range| doc.chars(range));
        let last = quote.content.last().map_or_else(CharSpan::default, |&range| doc.chars(range));
        self.kind.append_value(quote.kind.as_str());
        self.text.append_value(doc.joined(&quote.content));
        self.start.append_value(int(first.start));
        self.end.append_value(int(last.end));
        self.content.push(doc, &quote.content);
        self.quoted.push(doc, &quote.quoted);
        self.cue.push(doc, quote.cue.as_ref().map(|cue| cue.range));
        self.cue_lemma.append_option(quote.cue.as_ref().map(|cue| &*cue.lemma));
        self.speaker.push(doc, quote.speaker.map(|speaker| speaker.range));
        self.speaker_kind.append_option(quote.speaker.map(|speaker| speaker.kind.as_str()));
        self.entity.append_option(doc.entity_of(quote).map(|entity| &*entity.name));
        self.gender.append_option(doc.gender_of(quote).map(crate::Gender::as_str));
        self.belief.append_value(quote.belief);
        self.asserted.append_value(quote.asserted);
        self.confidence.append_value(quote.rounded_confidence());
        self.parent.append_option(quote.parent.map(int));
    }
}

impl Items for Quotes {
    fn fields() -> Fields {
        let ranges = || list_of(Ranges::fields());
        Fields::from(vec![
            field("kind", DataType::Utf8),
            field("text", DataType::Utf8),
            field("start_char", DataType::Int32),
            field("end_char", DataType::Int32),
            field("content", ranges()),
            field("quoted", ranges()),
            field("cue", DataType::Utf8),
            field("cue_start_char", DataType::Int32),
            field("cue_end_char", DataType::Int32),
            field("cue_lemma", DataType::Utf8),
            field("speaker", DataType::Utf8),
            field("speaker_start_char", DataType::Int32),
            field("speaker_end_char", DataType::Int32),
            field("speaker_kind", DataType::Utf8),
            field("entity", DataType::Utf8),
            field("gender", DataType::Utf8),
            field("belief", DataType::Boolean),
            field("asserted", DataType::Boolean),
            field("confidence", DataType::Float64),
            field("parent", DataType::Int32),
        ])
    }

    fn push(&mut self, text: &str, lines: LineMode) -> usize {
        let doc = Doc::with_lines(text, lines);
        for quote in doc.quotes() {
            self.push_quote(&doc, quote);
        }
        doc.quotes().len()
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        let [cue, cue_start, cue_end] = self.cue.finish();
        let [speaker, speaker_start, speaker_end] = self.speaker.finish();
        vec![
            Arc::new(self.kind.finish()),
            Arc::new(self.text.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            self.content.finish(),
            self.quoted.finish(),
            cue,
            cue_start,
            cue_end,
            Arc::new(self.cue_lemma.finish()),
            speaker,
            speaker_start,
            speaker_end,
            Arc::new(self.speaker_kind.finish()),
            Arc::new(self.entity.finish()),
            Arc::new(self.gender.finish()),
            Arc::new(self.belief.finish()),
            Arc::new(self.asserted.finish()),
            Arc::new(self.confidence.finish()),
            Arc::new(self.parent.finish()),
        ]
    }
}

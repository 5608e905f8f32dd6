//! Headed turns: interviews and debates, where a heading says who speaks.
//!
//! Takes tokens and paragraphs, gives [`HeadedTurn`]s. A heading stands at the start of a paragraph ("Q. : …",
//! "Le Monde : …", "M. Christian Jacob. …", "LE MONDE. – …", "Journaliste – …") or alone on its line, the words below it;
//! in capitals there, as in the print of plays, if two such names come back. One line with a
//! colon is no interview: headings count only if the text has several, if they come back or answer each other, and if
//! what stands under them sounds spoken (je, vous, a question). So titles ("France : la grève continue"), lists of
//! results and datelines give nothing. What stands in brackets on its own ("(Applaudissements.)") is said by nobody.
//!
//! Two passes over the paragraphs; of each only the first [`LONGEST`] tokens are looked at as a heading.

use std::collections::HashMap;

use super::unit::{bit, closed_class, word_bits};
use crate::chars::{is_dash, norm};
use crate::lexicon::{self, Label};
use crate::text::TokenRange;
use crate::token::{Token, TokenKind};

/// A turn with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadedTurn {
    /// The words that name the speaker, without the punctuation that ends the heading.
    pub(crate) heading: TokenRange,
    /// What is said, one range a paragraph; bracketed stage directions left out.
    pub(crate) content: Vec<TokenRange>,
}

/// Longest heading, in tokens.
const LONGEST: u32 = 16;

/// How a heading is set off from the words it heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// "Anne Berger : …"
    Colon,
    /// "M. Jacob. …", "LE MONDE. – …"
    Stop,
    /// "Journaliste – …"
    Dash,
    /// Alone on its line.
    Line,
}

/// What a paragraph would be headed by.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    form: Form,
    heading: TokenRange,
    /// First token of what is said, in the same paragraph.
    body: u32,
    /// The heading names a person or says question or answer.
    person: bool,
    /// A line that nothing but its capitals shows to be a heading.
    shouted: bool,
}

/// The headed turns of a text, by position; none where headings do not show an interview or a debate.
pub(crate) fn turns(text: &str, tokens: &[Token], paragraphs: &[TokenRange]) -> Vec<HeadedTurn> {
    let reader = Reader { text, tokens };
    let mut candidates: Vec<Option<Candidate>> =
        paragraphs.iter().map(|&paragraph| reader.candidate(paragraph)).collect();
    reader.keep_plays(&mut candidates);
    let mut found = Vec::new();
    for form in [Form::Line, Form::Stop, Form::Colon, Form::Dash] {
        let turns = reader.of_form(form, paragraphs, &candidates);
        if reader.is_conversation(form, &turns, &candidates) {
            found = turns;
            break;
        }
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Reader<'a> {
    fn form(&self, at: u32) -> &'a str {
        self.tokens.get(at as usize).map_or("", |token| token.text(self.text))
    }

    fn kind(&self, at: u32) -> Option<TokenKind> {
        self.tokens.get(at as usize).map(|token| token.kind)
    }

    /// "Q. : Pourquoi ?"
    fn lettered(&self, paragraph: TokenRange, limit: u32) -> Option<Candidate> {
        let start = paragraph.start;
        let letter = matches!(
            self.form(start),
            "Q" | "R" | "Q." | "R." | "Question" | "Réponse" | "QUESTION" | "RÉPONSE" | "REPONSE"
        );
        let mut at = start + 1;
        while at < limit
            && (matches!(self.form(at), "." | ":") || self.is_dash(at) || self.kind(at) == Some(TokenKind::Number))
        {
            at += 1;
        }
        (letter && at > start + 1 && at < paragraph.end).then_some(Candidate {
            form: Form::Colon,
            heading: TokenRange::new(start, start + 1),
            body: at,
            person: true,
            shouted: false,
        })
    }

    /// The heading that a paragraph begins with, or is.
    fn candidate(&self, paragraph: TokenRange) -> Option<Candidate> {
        let start = paragraph.start;
        let limit = paragraph.end.min(start + LONGEST);
        if let Some(lettered) = self.lettered(paragraph, limit) {
            return Some(lettered);
        }
        let mut brackets = 0_u32;
        for at in start..limit {
            match self.form(at) {
                "(" | "[" => brackets += 1,
                ")" | "]" => brackets = brackets.saturating_sub(1),
                ":" if at > start => {
                    let heading = TokenRange::new(start, at);
                    let person = self.is_person(heading);
                    let capital = self.form(start).starts_with(char::is_uppercase);
                    if at + 1 == paragraph.end {
                        // "Anne Berger :" over what she says.
                        let shouted = self.is_shouted(heading) && !person;
                        return (shouted || person).then_some(Candidate {
                            form: Form::Line,
                            heading,
                            body: at + 1,
                            person: true,
                            shouted,
                        });
                    }
                    // "Je l'ai vécu comme tout le monde : mal."
                    let sentence = self.addresses(heading);
                    return (capital && !sentence && at + 1 < paragraph.end && heading.len() <= 12)
                        .then_some(Candidate { form: Form::Colon, heading, body: at + 1, person, shouted: false });
                }
                "." if at > start && brackets == 0 => {
                    let heading = TokenRange::new(start, at);
                    if at + 1 == paragraph.end {
                        let shouted = self.is_shouted(heading) && !self.is_person(heading);
                        return (shouted || self.is_line_heading(heading)).then_some(Candidate {
                            form: Form::Line,
                            heading,
                            body: at + 1,
                            person: true,
                            shouted,
                        });
                    }
                    let dash = self.is_dash(at + 1);
                    let titled = lexicon::title(self.form(start)).is_some()
                        || matches!(self.form(start), "M." | "Mme" | "Mlle" | "MM." | "Mmes");
                    let shouted = self.is_shouted(heading);
                    if (titled && self.is_person(heading)) || (dash && (shouted || self.is_person(heading))) {
                        let body = if dash { at + 2 } else { at + 1 };
                        return (body < paragraph.end).then_some(Candidate {
                            form: Form::Stop,
                            heading,
                            body,
                            person: true,
                            shouted: false,
                        });
                    }
                    return None;
                }
                "?" | "!" | "…" | "..." | ";" | "«" | "»" | "\"" | "“" => return None,
                _ if at > start && brackets == 0 && self.is_dash(at) && at + 1 < paragraph.end => {
                    let heading = TokenRange::new(start, at);
                    let person = self.is_person(heading) || self.is_shouted(heading);
                    let capital = self.form(start).starts_with(char::is_uppercase);
                    return (capital && heading.len() <= 6).then_some(Candidate {
                        form: Form::Dash,
                        heading,
                        body: at + 1,
                        person,
                        shouted: false,
                    });
                }
                _ => {}
            }
        }
        let whole = TokenRange::new(start, paragraph.end);
        (paragraph.end <= limit && (self.is_shouted(whole) || self.is_line_heading(whole))).then_some(Candidate {
            form: Form::Line,
            heading: whole,
            body: paragraph.end,
            person: true,
            shouted: self.is_shouted(whole) && !self.is_person(whole),
        })
    }

    /// Lines in capitals are headings only where two of them come back, as the names of a play do.
    fn keep_plays(&self, candidates: &mut [Option<Candidate>]) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for candidate in candidates.iter().flatten().filter(|candidate| candidate.shouted) {
            *counts.entry(self.key(candidate.heading)).or_default() += 1;
        }
        if counts.values().filter(|&&count| count > 1).count() >= 2 {
            return;
        }
        for slot in candidates.iter_mut().filter(|slot| slot.is_some_and(|candidate| candidate.shouted)) {
            *slot = None;
        }
    }

    /// True for a name in capitals, with or without a stage direction: "DUPONT", "LE MONDE", "MARIE, riant"; no number of a chapter.
    fn is_shouted(&self, heading: TokenRange) -> bool {
        let named = heading
            .indices()
            .take_while(|&i| self.tokens.get(i).is_some_and(|token| !matches!(token.text(self.text), "," | "(" | "[")));
        let (mut words, mut letters, mut roman) = (0, 0, true);
        for form in named.filter_map(|i| self.tokens.get(i)).map(|token| token.text(self.text)) {
            if form.chars().any(|c| c.is_lowercase() || c.is_ascii_digit()) {
                return false;
            }
            words += 1;
            letters += form.chars().filter(|c| c.is_alphabetic()).count();
            roman &= form.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'));
        }
        let part = matches!(
            &*norm(self.form(heading.start)),
            "chapitre"
                | "acte"
                | "scène"
                | "livre"
                | "partie"
                | "tome"
                | "lettre"
                | "prologue"
                | "épilogue"
                | "première"
        );
        (1..=6).contains(&words) && letters >= 2 && !roman && !part
    }

    fn is_dash(&self, at: u32) -> bool {
        let form = self.form(at);
        form == "-" || form == "--" || form.chars().next().is_some_and(is_dash)
    }

    /// True for "Anne Berger", "M. Jacob", "Mme la ministre", "Anne Berger, rapporteure", "Le président".
    fn is_person(&self, heading: TokenRange) -> bool {
        let mut end = heading.start;
        while end < heading.end && !matches!(self.form(end), "," | "(" | "[") {
            end += 1;
        }
        let name = TokenRange::new(heading.start, end);
        if name.is_empty() || name.len() > 7 {
            return false;
        }
        let first = self.form(name.start);
        let words = || (name.start..name.end).map(|at| self.form(at));
        let capitals = words().filter(|word| word.starts_with(char::is_uppercase)).count();
        let others_are_particles = words().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(
                    &*norm(word),
                    "de" | "du" | "des" | "d'" | "la" | "le" | "et" | "van" | "von" | "ben" | "el" | "al" | "-"
                )
        });
        let verbless = words().skip(1).all(|word| !word.starts_with(char::is_lowercase) || !is_only_verb(word));
        if lexicon::title(first).is_some() {
            return verbless && name.len() > 1;
        }
        if capitals >= 1 && others_are_particles && lexicon::first_name(first).is_some() {
            return name.len() > 1;
        }
        self.is_function(name)
    }

    /// True for "le président", "la garde des sceaux", "Un député", "Plusieurs voix à gauche".
    fn is_function(&self, name: TokenRange) -> bool {
        let first = norm(self.form(name.start));
        let many = matches!(&*first, "plusieurs" | "de" | "des" | "un" | "une" | "quelques" | "divers" | "nombreux");
        let the = matches!(&*first, "le" | "la" | "l'" | "les" | "m." | "mme");
        if !many && !the {
            return false;
        }
        (name.start + 1..name.end.min(name.start + 3)).any(|at| {
            let word = self.form(at);
            lexicon::is(word, Label::Function)
                || lexicon::is(&singular(word), Label::Function)
                || (many && matches!(&*norm(word), "voix" | "députés" | "député" | "sénateurs"))
        })
    }

    /// True if a whole line can be a heading: a person, and no sentence.
    fn is_line_heading(&self, line: TokenRange) -> bool {
        self.is_person(line) && !self.addresses(line)
    }

    /// True if a verb or a pronoun shows that the words are said: "Monsieur le ministre, je vous écoute".
    fn addresses(&self, range: TokenRange) -> bool {
        let spoken = bit::FIRST | bit::SECOND;
        range.indices().filter_map(|at| self.tokens.get(at)).any(|token| {
            let form = token.text(self.text);
            (form.starts_with(char::is_lowercase) && is_only_verb(form))
                || matches!(form, "est" | "sont" | "a" | "ont")
                || closed_class(&norm(form)) & spoken != 0
        })
    }

    /// The turns that headings of one form give.
    fn of_form(&self, form: Form, paragraphs: &[TokenRange], candidates: &[Option<Candidate>]) -> Vec<HeadedTurn> {
        let mut turns: Vec<HeadedTurn> = Vec::new();
        let mut open = false;
        for (i, (&paragraph, candidate)) in paragraphs.iter().zip(candidates).enumerate() {
            match candidate.filter(|candidate| candidate.form == form) {
                Some(candidate) => {
                    let content = self.without_directions(TokenRange::new(candidate.body, paragraph.end));
                    turns.push(HeadedTurn { heading: candidate.heading, content });
                    open = true;
                }
                None if open => {
                    let headline = self.is_headline(paragraph) && form == Form::Line && paragraphs.get(i + 1).is_some();
                    if headline && turns.last().is_some_and(|turn| !turn.content.is_empty()) {
                        open = false;
                    } else if let Some(turn) = turns.last_mut()
                        && let Some(range) = self.spoken(paragraph)
                    {
                        turn.content.extend(self.without_directions(range));
                    }
                }
                None => {}
            }
        }
        turns.retain(|turn| !turn.content.is_empty());
        turns
    }

    /// What is said without stage directions: "C'est faux ! (Applaudissements sur plusieurs bancs.) Je poursuis."
    fn without_directions(&self, range: TokenRange) -> Vec<TokenRange> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let mut at = range.start;
        while at < range.end {
            let opens = self.form(at) == "("
                && self.form(at + 1).starts_with(char::is_uppercase)
                && (at == range.start || matches!(self.form(at - 1), "." | "!" | "?" | "…" | "..."));
            // A bracket is closed within the paragraph, behind a stop; each is looked for once.
            let close = if opens { (at + 1..range.end).find(|&i| self.form(i) == ")") } else { None };
            match close.filter(|&close| matches!(self.form(close - 1), "." | "!" | "?" | "…" | "...")) {
                Some(close) => {
                    parts.push(TokenRange::new(start, at));
                    start = close + 1;
                    at = close + 1;
                }
                None if opens => break,
                None => at += 1,
            }
        }
        parts.push(TokenRange::new(start, range.end));
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// A paragraph without the full stop that some transcripts leave at its start; `None` for a stage direction.
    fn spoken(&self, paragraph: TokenRange) -> Option<TokenRange> {
        let closed = matches!(self.form(paragraph.end.saturating_sub(1)), ")" | "]");
        if matches!(self.form(paragraph.start), "(" | "[") && closed {
            return None;
        }
        let sign = self.form(paragraph.start) == "." || self.is_dash(paragraph.start);
        let start = if sign { paragraph.start + 1 } else { paragraph.start };
        (start < paragraph.end).then(|| TokenRange::new(start, paragraph.end))
    }

    /// True for a title between two turns: short, capitalized, without a stop.
    fn is_headline(&self, paragraph: TokenRange) -> bool {
        let last = self.form(paragraph.end.saturating_sub(1));
        paragraph.len() <= 14
            && self.form(paragraph.start).starts_with(char::is_uppercase)
            && !matches!(last, "." | "!" | "?" | "…" | "..." | "»" | ";" | ":" | ",")
    }

    /// True if headings of this form make a conversation: they come back or answer each other, and it sounds spoken.
    fn is_conversation(&self, form: Form, turns: &[HeadedTurn], candidates: &[Option<Candidate>]) -> bool {
        if turns.len() < 2 {
            return false;
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for turn in turns {
            *counts.entry(self.key(turn.heading)).or_default() += 1;
        }
        let speakers = counts.len();
        let again = counts.values().filter(|&&count| count > 1).count();
        let persons =
            candidates.iter().flatten().filter(|candidate| candidate.form == form && candidate.person).count();
        let spoken = turns.iter().filter(|turn| self.sounds_spoken(&turn.content)).count();
        let answers = turns.windows(2).filter(|pair| {
            matches!(pair, [a, b] if self.key(a.heading) != self.key(b.heading)
                && a.content.last().is_some_and(|range| self.form(range.end.saturating_sub(1)) == "?"))
        });
        let exchange = answers.count() > 0;
        let enough = match form {
            Form::Line => turns.len() >= 3 && (again > 0 || speakers >= 3),
            Form::Stop => again > 0 || persons >= 2,
            Form::Colon | Form::Dash => (speakers >= 2 && (again > 0 || exchange)) && persons * 3 >= turns.len(),
        };
        // Titles of chapters are few: somebody else speaks every now and then.
        let dense = candidates.len() <= turns.len().saturating_mul(40);
        enough && dense && speakers >= 2 && spoken * 3 >= turns.len() && !self.is_tale(turns)
    }

    /// True if the words under the headings are narration, as under the headings of chapters: more than a tenth of what
    /// can be a verb is in the simple past and no present.
    fn is_tale(&self, turns: &[HeadedTurn]) -> bool {
        let (mut finite, mut tale) = (0_usize, 0_usize);
        for range in turns.iter().flat_map(|turn| turn.content.iter().take(20)) {
            for token in range.indices().take(200).filter_map(|at| self.tokens.get(at)) {
                let bits = word_bits(token, self.text);
                finite += usize::from(bits & bit::FINITE != 0);
                tale += usize::from(bits & bit::SIMPLE_PAST != 0 && bits & bit::PRESENT == 0);
            }
        }
        tale * 10 > finite && tale >= 10
    }

    fn key(&self, heading: TokenRange) -> String {
        heading
            .indices()
            .filter_map(|at| self.tokens.get(at))
            .map(|token| norm(token.text(self.text)).into_owned() + " ")
            .collect()
    }

    /// True if the words are in the first or second person, or ask or exclaim.
    fn sounds_spoken(&self, content: &[TokenRange]) -> bool {
        content.iter().take(3).any(|range| {
            range.indices().take(60).filter_map(|at| self.tokens.get(at)).any(|token| {
                let spoken = bit::FIRST | bit::SECOND | bit::INTERJECTION;
                matches!(token.text(self.text), "?" | "!") || word_bits(token, self.text) & spoken != 0
            })
        })
    }
}

/// True for a word that is a finite verb and nothing else.
fn is_only_verb(word: &str) -> bool {
    let norm = norm(word);
    let mut entries = lexicon::lookup(&norm).peekable();
    entries.peek().is_some() && entries.all(|entry| entry.feats().is_finite())
}

/// A plural in -s without it.
fn singular(word: &str) -> String {
    let norm = norm(word);
    norm.strip_suffix('s').map_or_else(|| norm.clone().into_owned(), str::to_owned)
}

/// The headed turns of a text in code points: heading, then the parts of what is said.
#[must_use]
pub fn headed_spans(text: &str) -> Vec<([u32; 2], Vec<[u32; 2]>)> {
    let tokens = crate::token::tokenize(text);
    let sentences = crate::sentence::split(text, &tokens, crate::sentence::LineMode::default());
    let paragraphs = super::marks::paragraphs(text, &tokens, &sentences);
    let span = |range: &TokenRange| {
        let (first, last) = (tokens.get(range.start as usize)?, tokens.get(range.end.checked_sub(1)? as usize)?);
        Some([first.chars.start, last.chars.end])
    };
    let turns = turns(text, &tokens, &paragraphs);
    turns
        .iter()
        .filter_map(|turn| Some((span(&turn.heading)?, turn.content.iter().filter_map(span).collect())))
        .collect()
}

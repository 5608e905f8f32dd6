//! Tokens, words and sentences as CoNLL-U: one line a word, a range line for a contraction, `_` for what is not analysed.
//!
//! [`conllu`] gives what needs no analysis, [`Doc::to_conllu`] all columns but XPOS and DEPS, which UD French leaves
//! empty too; the rules are those of <https://universaldependencies.org/format.html>.
//!
//! The forms are the text's own, but for a line break inside a word broken at a line's end, which is left out. What
//! stands between two tokens is in the last column, so that nothing is lost: nothing for one space, `SpaceAfter=No` for
//! none, otherwise `SpacesAfter=` with the escapes of `UDPipe` (`\s` `\n` `\r` `\t`, and `\u` with the code for others).

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use crate::doc::Doc;
use crate::text::{TokenRange, slice};
use crate::token::Token;
use crate::word::words;

/// The CoNLL-U form of the sentences of `text`; `doc` names the document and begins the sentence identifiers.
#[must_use]
pub fn conllu(text: &str, tokens: &[Token], sentences: &[TokenRange], doc: &str) -> String {
    let words = words(text, tokens);
    let mut next = 0;
    let of_token = |token: u32| {
        let first = next;
        while words.get(next as usize).is_some_and(|word| word.token == token) {
            next += 1;
        }
        first..next
    };
    let columns = |out: &mut String, word: u32, _: u32| {
        let shown = words.get(word as usize).map_or("", |word| word.form(text, tokens));
        let _ = write!(out, "{}\t_\t_\t_\t_\t_\t_", form(shown));
    };
    write_sentences(text, tokens, sentences, doc, of_token, columns)
}

impl Doc {
    /// The document as CoNLL-U with lemmas, parts of speech, features and trees; `doc` names it and begins the sentence
    /// identifiers.
    ///
    /// # Examples
    ///
    /// ```
    /// let out = propos::Doc::new("Il dort.").to_conllu("a");
    /// assert!(out.contains("\n2\tdort\tdormir\tVERB\t_\tMood=Ind|"));
    /// assert!(out.contains("\t0\troot\t_\tSpaceAfter=No\n"));
    /// ```
    #[must_use]
    pub fn to_conllu(&self, doc: &str) -> String {
        let trees = self.trees();
        let of_token = |token: u32| trees.words_of(TokenRange::new(token, token + 1));
        let columns = |out: &mut String, index: u32, first: u32| {
            let Some(word) = trees.words().get(index as usize) else { return };
            let (shown, lemma) = (self.word_form(index), self.word_lemma(index));
            // A lemma is never empty: that of a sign may be, if all of it is taken for an ending.
            let lemma = if lemma.is_empty() { shown } else { &*lemma };
            let head = trees.head(index).map_or(0, |head| head + 1 - first);
            let _ = write!(
                out,
                "{}\t{}\t{}\t_\t{}\t{head}\t{}",
                form(shown),
                form(lemma),
                word.upos,
                word.feats,
                word.deprel
            );
        };
        write_sentences(self.text(), self.tokens(), self.sentences(), doc, of_token, columns)
    }
}

/// Writes sentences: `of_token` gives the words of a token, asked for in order, `columns` writes FORM to DEPREL of a
/// word of a sentence whose first word is given too.
fn write_sentences(
    text: &str,
    tokens: &[Token],
    sentences: &[TokenRange],
    doc: &str,
    mut of_token: impl FnMut(u32) -> Range<u32>,
    columns: impl Fn(&mut String, u32, u32),
) -> String {
    let doc = if doc.is_empty() { "doc" } else { doc };
    let mut out = String::with_capacity(text.len() * 6 + 64);
    for (number, sentence) in sentences.iter().enumerate() {
        if number == 0 {
            line(&mut out, format_args!("# newdoc id = {}", one_line(doc)));
        }
        line(&mut out, format_args!("# sent_id = {}-{}", one_line(doc).replace([' ', '/'], "_"), number + 1));
        let mut shown = String::new();
        for i in sentence.indices() {
            let Some(token) = tokens.get(i) else { continue };
            shown.push_str(&form(token.text(text)));
            if i + 1 < sentence.end as usize && !gap(text, tokens, i).is_empty() {
                shown.push(' ');
            }
        }
        line(&mut out, format_args!("# text = {shown}"));
        let (mut id, mut first) = (0, None);
        for (i, token) in (sentence.start..sentence.end).zip(tokens.get(sentence.indices()).unwrap_or_default()) {
            let misc = misc(gap(text, tokens, i as usize));
            let own = of_token(i);
            let first = *first.get_or_insert(own.start);
            if own.len() > 1 {
                let range = format!("{}-{}\t{}", id + 1, id + own.len(), form(token.text(text)));
                line(&mut out, format_args!("{range}\t_\t_\t_\t_\t_\t_\t_\t{misc}"));
            }
            let misc = if own.len() > 1 { "_" } else { misc.as_str() };
            for word in own {
                id += 1;
                let _ = write!(out, "{id}\t");
                columns(&mut out, word, first);
                line(&mut out, format_args!("\t_\t{misc}"));
            }
        }
        out.push('\n');
    }
    out
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = writeln!(out, "{line}");
}

/// What stands between token `i` and the next one, or the end of the text.
fn gap<'a>(text: &'a str, tokens: &[Token], i: usize) -> &'a str {
    let start = tokens.get(i).map_or(text.len(), |token| token.span.end as usize);
    let end = tokens.get(i + 1).map_or(text.len(), |token| token.span.start as usize);
    slice(text, start..end)
}

/// The last column: what follows the token, where that is not one space.
fn misc(gap: &str) -> String {
    match gap {
        " " => "_".to_owned(),
        "" => "SpaceAfter=No".to_owned(),
        other => {
            let mut column = String::from("SpacesAfter=");
            for c in other.chars() {
                match c {
                    ' ' => column.push_str("\\s"),
                    '\n' => column.push_str("\\n"),
                    '\r' => column.push_str("\\r"),
                    '\t' => column.push_str("\\t"),
                    c => {
                        let _ = write!(column, "\\u{:04X}", u32::from(c));
                    }
                }
            }
            column
        }
    }
}

/// A form without control characters, for which the format has no place: line breaks in a word broken at a line's end
/// are left out, a token that is nothing else shows as U+FFFD.
fn form(form: &str) -> Cow<'_, str> {
    if !form.chars().any(char::is_control) {
        return Cow::Borrowed(form);
    }
    let shown: String = form.chars().filter(|c| !c.is_control()).collect();
    if shown.is_empty() { Cow::Borrowed("\u{fffd}") } else { Cow::Owned(shown) }
}

fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::{LineMode, split};
    use crate::token::tokenize;

    #[test]
    fn a_contraction_has_a_range_and_two_words() {
        let text = "Il va au bar.\n\nElle\u{a0}dort !";
        let tokens = tokenize(text);
        let out = conllu(text, &tokens, &split(text, &tokens, LineMode::Auto), "a b");
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[..3], ["# newdoc id = a b", "# sent_id = a_b-1", "# text = Il va au bar."]);
        assert_eq!(lines[5], "3-4\tau\t_\t_\t_\t_\t_\t_\t_\t_");
        assert_eq!(lines[6], "3\tà\t_\t_\t_\t_\t_\t_\t_\t_");
        assert_eq!(lines[9], "6\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n\\n");
        assert_eq!(lines[13], "1\tElle\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\u00A0");
        assert!(out.ends_with("\n\n"));
    }
}

//! Which quotation marks belong together: one pass over the marks of a text, paragraph by paragraph.
//!
//! Takes tokens and paragraphs, gives [`Pair`]s in the order of their opening. What is decided here:
//! * a straight mark opens or closes by what is open, by the blanks around it and by how many are left in the paragraph;
//! * marks nest up to [`MAX_DEPTH`]; a closing mark closes the innermost open one of its family and what is in it;
//! * a quotation of several paragraphs goes on if the next one reopens it («), or closes it without opening one;
//! * an odd mark is repaired within its paragraph: an unclosed one reaches to its end, an unopened one back to a
//!   sentence's start. Nothing outside of the paragraph changes;
//! * apostrophes and inches are no marks; a straight single mark is one if it opens before a word and another closes.
//!
//! Every token is looked at once and the stack is bounded, so time is linear on any input.

use crate::chars::{Family, Side, quote_mark};
use crate::text::TokenRange;
use crate::token::Token;

/// Marks open at one time; deeper ones are left alone.
const MAX_DEPTH: usize = 6;

/// A marked span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The tokens inside the marks.
    pub(crate) inner: TokenRange,
    /// The tokens with their marks.
    pub(crate) outer: TokenRange,
    /// How many pairs hold it.
    pub(crate) depth: u8,
    /// One of its marks was missing.
    pub(crate) repaired: bool,
}

/// A mark that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    family: Family,
    token: u32,
    pair: usize,
}

/// The paragraphs of a text: ranges of tokens that end where the white space after a sentence holds a line break.
pub(crate) fn paragraphs(text: &str, tokens: &[Token], sentences: &[TokenRange]) -> Vec<TokenRange> {
    let mut paragraphs: Vec<TokenRange> = Vec::new();
    let mut start = 0;
    for pair in sentences.windows(2) {
        let [this, next] = pair else { continue };
        let (Some(last), Some(first)) =
            (tokens.get(this.end.saturating_sub(1) as usize), tokens.get(next.start as usize))
        else {
            continue;
        };
        if crate::Span::new(last.span.end, first.span.start).of(text).contains('\n') {
            paragraphs.push(TokenRange::new(start, this.end));
            start = this.end;
        }
    }
    if let Some(last) = sentences.last()
        && start < last.end
    {
        paragraphs.push(TokenRange::new(start, last.end));
    }
    paragraphs
}

/// The marks of a text as `(token, side, family)`, in order.
fn marks(text: &str, tokens: &[Token]) -> Vec<(u32, Side, Family)> {
    let mut found = Vec::new();
    let mut single: Option<(u32, usize)> = None;
    for (index, token) in (0_u32..).zip(tokens) {
        // Marks are at most 4 bytes; '' written with two apostrophes stands for ".
        if token.span.len() > 4 {
            continue;
        }
        let form = token.text(text);
        let mut chars = form.chars();
        let mark = match (chars.next(), chars.next()) {
            (Some(c), None) => quote_mark(c).map(|mark| (mark.side, mark.family)),
            (Some('\''), Some('\'')) | (Some('’'), Some('’')) => Some((Side::Either, Family::Straight)),
            (Some('<'), Some('<')) => Some((Side::Open, Family::Guillemet)),
            (Some('>'), Some('>')) => Some((Side::Close, Family::Guillemet)),
            _ => None,
        };
        match mark {
            Some((_, Family::StraightSingle)) => match (single_side(text, tokens, index), single) {
                (Some(Side::Open), _) => single = Some((index, found.len())),
                // Only a pair counts: "les années '90" opens nothing.
                (Some(Side::Close), Some((open, at))) if near(text, tokens, open, index) => {
                    found.insert(at.min(found.len()), (open, Side::Open, Family::StraightSingle));
                    found.push((index, Side::Close, Family::StraightSingle));
                    single = None;
                }
                _ => {}
            },
            None => {}
            Some((Side::Either, Family::Single)) => found.push((index, Side::Close, Family::Single)),
            Some((side, family)) => found.push((index, side, family)),
        }
    }
    found
}

/// What a straight single mark that stands alone can do: open after a blank, close before one or before punctuation.
fn single_side(text: &str, tokens: &[Token], at: u32) -> Option<Side> {
    let at = at as usize;
    let this = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(at + 1);
    let space_before = before.is_none_or(|before| before.span.end < this.span.start || !is_word(before, text));
    let space_after = after.is_none_or(|after| this.span.end < after.span.start || !is_word(after, text));
    match (space_before, space_after) {
        (true, false) => Some(Side::Open),
        (_, true) => Some(Side::Close),
        _ => None,
    }
}

/// True if two single marks are near enough to belong together, in one line.
fn near(text: &str, tokens: &[Token], open: u32, close: u32) -> bool {
    const NEAR: u32 = 120;
    let (Some(first), Some(last)) = (tokens.get(open as usize), tokens.get(close as usize)) else { return false };
    close - open > 1
        && close - open <= NEAR
        && !crate::Span::new(first.span.end, last.span.start).of(text).contains('\n')
}

/// Pairs the marks of a text.
pub(crate) fn pair(text: &str, tokens: &[Token], sentences: &[TokenRange], paragraphs: &[TokenRange]) -> Vec<Pair> {
    let marks = marks(text, tokens);
    if marks.is_empty() {
        return Vec::new();
    }
    let mut pairs: Vec<Pair> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut next_mark = 0;
    let mut next_sentence = 0;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let first = next_mark;
        while marks.get(next_mark).is_some_and(|mark| mark.0 < paragraph.end) {
            next_mark += 1;
        }
        let here = marks.get(first..next_mark).unwrap_or_default();
        let mut straight_left = here.iter().filter(|mark| mark.2 == Family::Straight).count();
        let mut closed_until = paragraph.start;
        for &(token, side, family) in here {
            straight_left -= usize::from(family == Family::Straight);
            let open_at = stack.iter().rposition(|open| closes(open, family, text, tokens));
            if token == paragraph.start && !stack.is_empty() && open_at.is_some() {
                // A paragraph that begins with « or » or " while a quotation is open: it goes on.
                continue;
            }
            let side = match side {
                Side::Either => straight_side(text, tokens, token, open_at.is_some(), straight_left),
                // The German „ … “.
                Side::Open
                    if family == Family::Double && open_at.is_some_and(|at| is_low(&stack, at, text, tokens)) =>
                {
                    Side::Close
                }
                side => side,
            };
            match (side, open_at) {
                (Side::Open, _) if stack.len() < MAX_DEPTH => {
                    let depth = u8::try_from(stack.len()).unwrap_or(u8::MAX);
                    stack.push(Open { family, token, pair: pairs.len() });
                    let outer = TokenRange::new(token, paragraph.end);
                    pairs.push(Pair { inner: TokenRange::new(token + 1, paragraph.end), outer, depth, repaired: true });
                }
                (Side::Close, Some(at)) => {
                    // What was open inside is unclosed: it ends here too.
                    for (position, open) in stack.drain(at..).enumerate() {
                        if let Some(pair) = pairs.get_mut(open.pair) {
                            pair.inner = TokenRange::new(open.token + 1, token);
                            pair.outer = TokenRange::new(open.token, if position == 0 { token + 1 } else { token });
                            pair.repaired = position > 0;
                        }
                    }
                    if stack.is_empty() {
                        closed_until = token + 1;
                    }
                }
                (Side::Close, None) if stack.is_empty() && matches!(family, Family::Guillemet | Family::Double) => {
                    // No mark opens it: it reaches back to the sentence that begins after the last quotation here.
                    while sentences.get(next_sentence).is_some_and(|sentence| sentence.start < closed_until) {
                        next_sentence += 1;
                    }
                    let start = sentences.get(next_sentence).map_or(token, |sentence| sentence.start).min(token);
                    if start < token {
                        let outer = TokenRange::new(start, token + 1);
                        pairs.push(Pair { inner: TokenRange::new(start, token), outer, depth: 0, repaired: true });
                        closed_until = token + 1;
                    }
                }
                _ => {}
            }
        }
        end_paragraph(
            &mut stack,
            &mut pairs,
            *paragraph,
            paragraphs.get(number + 1),
            marks.get(next_mark..),
            text,
            tokens,
        );
    }
    pairs.retain(|pair| !pair.inner.is_empty());
    pairs.sort_by_key(|pair| (pair.outer.start, std::cmp::Reverse(pair.outer.end)));
    pairs
}

/// At the end of a paragraph: the outermost quotation goes on if the next paragraph says so, all else ends here.
fn end_paragraph(
    stack: &mut Vec<Open>,
    pairs: &mut [Pair],
    paragraph: TokenRange,
    next: Option<&TokenRange>,
    marks_left: Option<&[(u32, Side, Family)]>,
    text: &str,
    tokens: &[Token],
) {
    let goes_on = match (stack.first(), next, marks_left.and_then(<[_]>::first)) {
        (Some(open), Some(next), Some(&(token, side, family))) => {
            let reopened = token == next.start && closes(open, family, text, tokens);
            // Only marks that tell open from close can go on without being reopened.
            let closed_later = open.family == Family::Guillemet && family == Family::Guillemet && side == Side::Close;
            reopened || closed_later
        }
        _ => false,
    };
    let kept = usize::from(goes_on);
    for open in stack.drain(kept.min(stack.len())..) {
        if let Some(pair) = pairs.get_mut(open.pair) {
            pair.inner = TokenRange::new(open.token + 1, paragraph.end);
            pair.outer = TokenRange::new(open.token, paragraph.end);
        }
    }
    if let (Some(open), Some(next)) = (stack.first(), next)
        && let Some(pair) = pairs.get_mut(open.pair)
    {
        pair.inner.end = next.end;
        pair.outer.end = next.end;
    }
}

/// True if a mark of `family` can end what `open` began.
fn closes(open: &Open, family: Family, text: &str, tokens: &[Token]) -> bool {
    if open.family == family {
        return true;
    }
    let opener = tokens.get(open.token as usize).and_then(|token| token.text(text).chars().next());
    let closers = opener.and_then(quote_mark).map_or(&[] as &[char], crate::chars::Mark::closers);
    // “ … " and " … ”: typed half on a phone, half on a keyboard.
    closers.iter().any(|&closer| {
        closer != '“' && quote_mark(closer).is_some_and(|mark| mark.family == family) && family == Family::Straight
    })
}

/// True if the open mark at `at` is the low one of „ … “.
fn is_low(stack: &[Open], at: usize, text: &str, tokens: &[Token]) -> bool {
    stack.get(at).and_then(|open| tokens.get(open.token as usize)).is_some_and(|token| token.text(text) == "„")
}

/// What a straight mark does: by what is open, the blanks around it and how many are left in its paragraph.
fn straight_side(text: &str, tokens: &[Token], token: u32, is_open: bool, left: usize) -> Side {
    let at = token as usize;
    let Some(this) = tokens.get(at) else { return Side::Open };
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(at + 1);
    let space_before = before.is_none_or(|before| before.span.end < this.span.start);
    let space_after = after.is_none_or(|after| this.span.end < after.span.start);
    if is_open {
        // `"A "B" C"`: an opening look while one is open is nesting if the marks left come out even, else the open
        // one was never closed; both open.
        if space_before && !space_after && after.is_some_and(|after| is_word(after, text)) && left > 0 {
            return Side::Open;
        }
        return Side::Close;
    }
    let inches =
        !space_before && before.is_some_and(|before| before.text(text).ends_with(|c: char| c.is_ascii_digit()));
    if (!space_before && space_after) || inches { Side::Close } else { Side::Open }
}

fn is_word(token: &Token, text: &str) -> bool {
    token.text(text).starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::{LineMode, split};
    use crate::token::tokenize;

    /// The inner texts of the pairs, innermost marked by its depth.
    fn inner(text: &str) -> Vec<(u8, String)> {
        let tokens = tokenize(text);
        let sentences = split(text, &tokens, LineMode::default());
        let paragraphs = paragraphs(text, &tokens, &sentences);
        let pairs = pair(text, &tokens, &sentences, &paragraphs);
        let slice = |range: TokenRange| {
            let (first, last) = (tokens[range.start as usize].span, tokens[range.end as usize - 1].span);
            crate::Span::new(first.start, last.end).of(text).to_owned()
        };
        pairs.iter().map(|pair| (pair.depth, slice(pair.inner))).collect()
    }

    #[test]
    fn every_family_pairs_and_nests() {
        assert_eq!(inner("Il dit « non » et « oui »."), [(0, "non".into()), (0, "oui".into())]);
        assert_eq!(inner("Il dit \"non\" et “oui”, „ja“."), [(0, "non".into()), (0, "oui".into()), (0, "ja".into())]);
        assert_eq!(
            inner("« Elle a crié “au feu” hier. »"),
            [(0, "Elle a crié “au feu” hier.".into()), (1, "au feu".into())]
        );
        assert_eq!(inner("« Un « vrai » ami »"), [(0, "Un « vrai » ami".into()), (1, "vrai".into())]);
        assert_eq!(inner("Un ‹ mot › rare"), [(0, "mot".into())]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        assert!(inner("L’homme qu'on a vu l'autre jour.").is_empty());
        assert!(inner("Un écran de 5\" seulement.").is_empty());
    }

    #[test]
    fn an_odd_mark_stays_in_its_paragraph() {
        assert_eq!(
            inner("Il a dit « je pars.\nElle a dit « je reste »."),
            [(0, "je pars.".into()), (0, "je reste".into())]
        );
        assert_eq!(inner("Je pars », dit-il.\nElle dort."), [(0, "Je pars".into())]);
    }

    #[test]
    fn a_long_quotation_goes_on_when_reopened_or_closed_later() {
        assert_eq!(inner("« Un.\n« Deux.\n« Trois. »\nFin."), [(0, "Un.\n« Deux.\n« Trois.".into())]);
        assert_eq!(inner("« Un.\nDeux. »\nFin."), [(0, "Un.\nDeux.".into())]);
    }
}

//! Prints the tokens, words and sentences of a text as JSON offsets, the form that `../shared/tools/ud_eval.py` scores:
//! `cargo run --release --example tokens -- gsd.txt > gsd.json`
//!
//! A list of sentences; a sentence is a list of tokens; a token is `[start, end]` or `[start, end, [word, word]]`.

use std::error::Error;
use std::io::Write;

use propos::{LineMode, contraction, is_contraction, split, tokenize};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: tokens FILE")?;
    let text = std::fs::read_to_string(path)?;
    let tokens = tokenize(&text);
    let mut sentences = Vec::new();
    for range in split(&text, &tokens, LineMode::default()) {
        let mut sentence = Vec::new();
        for i in range.indices() {
            let token = tokens[i];
            let words = contraction(token.text(&text)).filter(|_| is_contraction(&text, &tokens, i));
            sentence.push(match words {
                Some(words) => serde_json::json!([token.chars.start, token.chars.end, words]),
                None => serde_json::json!([token.chars.start, token.chars.end]),
            });
        }
        sentences.push(sentence);
    }
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &sentences)?;
    writeln!(out)?;
    Ok(())
}

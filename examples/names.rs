//! Prints the names of each line of standard input as JSON, for `benches/compare_names.py`:
//! `[[start, end, kind, gender], …]` with code points, kind `person`, `organization`, `place` or `other`.

use std::error::Error;
use std::io::{BufRead, Write};

use propos::entity::{NameKind, names};
use propos::{Doc, Gender, tag};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let doc = Doc::new(line?);
        let (mut workspace, mut tags) = (tag::Workspace::default(), Vec::new());
        for sentence in doc.sentences() {
            tag::tag(doc.text(), doc.tokens(), *sentence, &mut workspace, &mut tags);
        }
        let found: Vec<_> = names::find(doc.text(), doc.tokens(), doc.sentences(), &tags)
            .iter()
            .map(|name| {
                let chars = doc.chars(name.range);
                let kind = match name.kind {
                    NameKind::Person => "person",
                    NameKind::Organization => "organization",
                    NameKind::Place => "place",
                    NameKind::Other => "other",
                };
                (chars.start, chars.end, kind, name.gender.map(Gender::as_str))
            })
            .collect();
        serde_json::to_writer(&mut out, &found)?;
        writeln!(out)?;
    }
    Ok(())
}

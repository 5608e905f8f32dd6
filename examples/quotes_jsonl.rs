//! Prints the quotations of the `.txt` files of a folder, one JSON object a line: what the accuracy report scores.
//!
//! ```text
//! cargo run --release --example quotes_jsonl -- ../shared/data/quotes/wikinews/texts [--why] > pred.jsonl
//! ```
//!
//! With `--why` each quotation has its evidence too: what `tests/fit_confidence.py` learns from.

use std::error::Error;
use std::io::Write;

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: quotes_jsonl FOLDER [--why]")?;
    let why = std::env::args().nth(2).is_some_and(|option| option == "--why");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(std::fs::DirEntry::file_name);
    let mut out = std::io::stdout().lock();
    for path in paths.into_iter().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "txt"))
    {
        let doc = propos::Doc::new(std::fs::read_to_string(&path)?);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut row: Value = serde_json::from_str(&doc.to_json(&name))?;
        let rows = row["quotes"].as_array_mut().into_iter().flatten();
        for (quote, row) in doc.quotes().iter().zip(rows).filter(|_| why) {
            row["why"] = propos::confidence_evidence(quote).into();
        }
        writeln!(out, "{row}")?;
    }
    Ok(())
}

//! Prints the quotations of the `.txt` files of a folder, one JSON object a line: what the accuracy report scores.
//!
//! ```text
//! cargo run --release --example quotes_jsonl -- ../shared/data/quotes/wikinews/texts > pred.jsonl
//! ```

use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: quotes_jsonl FOLDER")?;
    let mut paths: Vec<_> = std::fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(std::fs::DirEntry::file_name);
    let mut out = std::io::stdout().lock();
    for path in paths.into_iter().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "txt"))
    {
        let doc = propos::Doc::new(std::fs::read_to_string(&path)?);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        writeln!(out, "{}", doc.to_json(&name))?;
    }
    Ok(())
}

//! Prints the turns of dialogue and the headed turns of texts, to look at them: `cargo run --example turns -- FILE…`

use std::error::Error;
use std::io::Write;

use propos::speech_training::{headed_spans, speech_spans};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let chars: Vec<char> = text.chars().collect();
        let slice = |span: [u32; 2]| -> String {
            let part = chars.get(span[0] as usize..span[1] as usize).unwrap_or_default();
            part.iter().map(|&c| if c == '\n' { ' ' } else { c }).collect()
        };
        for span in speech_spans(&text) {
            writeln!(out, "{path}\tspeech\t{}", slice(span))?;
        }
        for (heading, content) in headed_spans(&text) {
            let said: Vec<String> = content.into_iter().map(slice).collect();
            writeln!(out, "{path}\theaded\t{}\t{}", slice(heading), said.join(" ¶ "))?;
        }
    }
    Ok(())
}

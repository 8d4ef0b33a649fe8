//! Prints what an import of a file gives: `cargo run -p viite-exchange --example show_import -- FILE`.

use viite_exchange::{ReadOptions, read};
use viite_model::Names;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a file")?;
    let names = Names::new(Names::DEFAULT_BASE)?;
    let file = std::path::Path::new(&path).file_name().and_then(|name| name.to_str()).ok_or("the file has no name")?;
    let import = read(file, &std::fs::read(&path)?, &ReadOptions::new(&names, "05"))?;
    for loss in &import.losses {
        println!("# {:?} {}: {}; {}", loss.fate, loss.at, loss.what, loss.why);
    }
    for triple in &import.triples {
        println!("{triple} .");
    }
    Ok(())
}

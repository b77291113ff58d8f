//! The page's modules are checked against types that the code makes.

use std::path::Path;
use std::{env, fs};

use ravine::labs::model::typescript;

#[test]
fn the_page_reads_what_the_core_tells_as_typescript_declares_it() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/model.d.ts");
    let declared = typescript::declarations();
    if env::var_os("RAVINE_WRITE").is_some() {
        fs::write(&file, &declared).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let differs = kept.lines().zip(declared.lines()).find(|(kept, declared)| kept != declared);
    assert!(
        kept == declared,
        "www/model.d.ts is not what the types in src/labs/model make: {differs:?}. Write it anew by \
         RAVINE_WRITE=yes cargo test --test house types",
    );
}

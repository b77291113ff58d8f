//! The page with the reference: `www/reference.html` of the sources, filled in.

use super::Failure;
use crate::export::reference::{Document, body, contents};

/// Its name in the site.
pub const PAGE: &str = "reference.html";

/// The source that is filled in; it is no part of the site itself.
pub const SOURCE: &str = "www/reference.html";

/// The page: where its source says `<!-- contents -->`, a list of links to the chapters, and where
/// it says `<!-- reference -->`, the chapters.
///
/// # Errors
/// When the source is no text, or lacks one of the two.
pub fn page(source: Vec<u8>, reference: &Document) -> Result<Vec<u8>, Failure> {
    let mut page =
        String::from_utf8(source).map_err(|_| Failure(format!("{SOURCE} is no text.")))?;
    let parts = [("contents", contents(reference)), ("reference", body(reference))];
    for (name, html) in parts {
        let mark = format!("<!-- {name} -->");
        let (before, behind) = (page.split_once(&mark))
            .ok_or_else(|| Failure(format!("{SOURCE} has no {mark} in it.")))?;
        page = format!("{before}{html}{behind}");
    }
    Ok(page.into_bytes())
}

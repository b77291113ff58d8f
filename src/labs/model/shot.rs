//! One of the page's pictures, as the page asks for it.

use serde::Deserialize;
use ts_rs::TS;

use crate::labs::{Picture, Sizes};

/// One of the page's pictures as it stands there, to be taken along.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Shot {
    /// The page as a link.
    pub link: String,
    /// Where its clock stands.
    pub step: usize,
    /// The key and the file of the lesson that the link leads into.
    pub lesson: Option<[String; 2]>,
    /// The name of the picture; of plots and panels all that stand side by side are meant.
    pub picture: String,
    /// What it is called.
    pub title: String,
    /// The pictures of the page by their names, with width and height in CSS pixels.
    pub sizes: Vec<(String, [f64; 2])>,
    /// The size of labels in Present, in CSS pixels.
    pub present_type_size: f64,
    /// Whether the system asks for dark pages.
    pub is_dark: bool,
}

impl Shot {
    /// The picture that is meant.
    ///
    /// # Errors
    /// A sentence: no picture has this name.
    pub fn picture(&self) -> Result<Picture, String> {
        Picture::named(&self.picture)
            .ok_or_else(|| format!("There is no picture {}.", self.picture))
    }

    /// The sizes of the pictures.
    pub fn sizes(&self) -> Sizes {
        let mut sizes = Sizes::default();
        for (name, size) in &self.sizes {
            if let Some(picture) = Picture::named(name) {
                sizes.set(picture, *size);
            }
        }
        sizes
    }
}

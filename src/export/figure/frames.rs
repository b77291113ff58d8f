//! What frames of a film have in common: the elements with which their SVGs begin, drawn once.

use resvg::tiny_skia::Pixmap;

use super::png::{Pixels, Renderer};

/// Draws one SVG after the other.
pub(super) struct Frames {
    renderer: Renderer,
    scale: f64,
    /// The SVG before.
    before: String,
    beginning: Option<Beginning>,
}

/// The beginning of SVGs.
struct Beginning {
    /// As text, up to the end of an element.
    head: String,
    /// The tags that are open there.
    open: Vec<String>,
    pixels: Pixmap,
}

impl Frames {
    /// None yet; they have `scale` pixels to a CSS pixel.
    pub fn new(scale: f64) -> Self {
        Self { renderer: Renderer::new(), scale, before: String::new(), beginning: None }
    }

    /// The next one: as [`Renderer::pixels`] draws it, but that edges of what moves may be some parts in 255 off,
    /// where they lie over one another: that is rounded once more.
    ///
    /// # Errors
    /// Those of [`Renderer::pixels`].
    pub fn next(&mut self, svg: String) -> Result<Pixels, String> {
        let known = self.beginning.take().filter(|beginning| svg.starts_with(&beginning.head));
        self.beginning = match known {
            Some(beginning) => Some(beginning),
            None => self.beginning_of(&svg)?,
        };
        let pixels = match &self.beginning {
            None => self.renderer.draw(&svg, self.scale, None)?,
            Some(Beginning { head, open, pixels }) => {
                let rest = format!("{}{}", open.concat(), &svg[head.len()..]);
                self.renderer.draw(&rest, self.scale, Some(pixels.clone()))?
            }
        };
        self.before = svg;
        Ok(Pixels::of(pixels))
    }

    /// What an SVG and the one before begin with, drawn.
    fn beginning_of(&self, svg: &str) -> Result<Option<Beginning>, String> {
        // What is defined and referred to may be on both sides.
        let is_plain = !svg.contains("url(#");
        let same = svg.bytes().zip(self.before.bytes()).take_while(|(a, b)| a == b).count();
        let Some((end, open)) = last_end(svg, same).filter(|_| is_plain) else { return Ok(None) };
        let head = svg[..end].to_owned();
        let close: String = open.iter().rev().map(|tag| format!("</{}>", name(tag))).collect();
        let pixels = self.renderer.draw(&format!("{head}{close}"), self.scale, None)?;
        Ok(Some(Beginning { head, open, pixels }))
    }
}

/// Where in the first `most` bytes of an SVG the last element ends that lies in no others than `svg` and `g`,
/// and the tags of those.
fn last_end(svg: &str, most: usize) -> Option<(usize, Vec<String>)> {
    let (mut open, mut last) = (Vec::<&str>::new(), None);
    let mut at = 0;
    while let Some(start) = svg[at..].find('<').map(|found| at + found) {
        let Some(length) = tag_length(&svg[start..]) else { break };
        at = start + length;
        if at > most {
            break;
        }
        let tag = &svg[start..at];
        if tag.starts_with("</") {
            open.pop();
        } else if !tag.ends_with("/>") {
            open.push(tag);
            continue;
        }
        if !open.is_empty() && open.iter().all(|tag| ["svg", "g"].contains(&name(tag))) {
            last = Some((at, open.iter().map(|&tag| tag.to_owned()).collect()));
        }
    }
    last
}

/// How long a tag is, whatever stands in its attributes.
fn tag_length(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.bytes()
        .position(|byte| {
            is_quoted ^= byte == b'"';
            byte == b'>' && !is_quoted
        })
        .map(|at| at + 1)
}

/// The name of an opening tag.
fn name(tag: &str) -> &str {
    tag.trim_start_matches('<').split([' ', '>', '/']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><title>a &gt; b</title><rect width="40" height="30" fill="#fbfaf6"/><svg width="40" height="30" overflow="hidden"><g fill="none">"##;

    fn svg(inside: &str) -> String {
        format!("{HEAD}{inside}</g></svg></svg>")
    }

    #[test]
    fn the_beginning_ends_with_an_element_that_both_have() {
        let text = svg(r##"<text x="3">5</text><circle r="4"/><circle r="5"/>"##);
        let end = |most: usize| last_end(&text, most);
        let whole = text.find("<circle r=\"5").unwrap();
        let (at, open) = end(whole + 9).unwrap();
        assert_eq!((at, open.len()), (whole, 3));
        assert!(open[2].starts_with("<g "));
        // Within a text there is no end.
        let (at, open) = end(text.find("5</text>").unwrap() + 1).unwrap();
        assert_eq!((&text[..at], open.len()), (&HEAD[..HEAD.find("<svg width").unwrap()], 1));
        assert_eq!(end(30), None);
    }

    #[test]
    fn frames_are_what_they_are_alone() {
        let circle = |x: usize| {
            format!(r##"<circle cx="{x}" cy="12" r="5" fill="#c8102e" fill-opacity="0.5"/>"##)
        };
        let line = r##"<polyline points="0,0 40,30" stroke="#333333"/>"##;
        let inside = [
            format!("{line}{}", circle(5)),
            format!("{line}{}", circle(9)),
            format!("{line}{}", circle(9)),
            // A beginning of its own, less of it, more of it, none.
            format!("{}{line}", circle(12)),
            circle(14),
            circle(14) + line,
            String::new(),
        ];
        let mut frames = Frames::new(2.0);
        for inside in inside {
            let alone = Renderer::new().pixels(&svg(&inside), 2.0).unwrap();
            let Pixels { size, rgba } = frames.next(svg(&inside)).unwrap();
            assert_eq!(size, alone.size);
            let most = rgba.iter().zip(&alone.rgba).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(most <= Some(1), "{most:?}: {inside}");
        }
        assert!(frames.beginning.is_some());
        assert!(frames.next("no picture".to_owned()).is_err());
    }
}

//! A picture that moves, frame by frame, and stays for a second at its end.
//!
//! Of each frame is kept what has changed since the one before: a part of the picture whose pixels are
//! transparent where they stay. So a long film is a small one, in memory and in the file.

mod animated_png;
mod gif;

use super::Pixels;
use super::frames::Frames;
use super::quantize::Histogram;

/// More frames than that are refused.
pub const MOST_FRAMES: usize = 2000;
/// A frame is so many pixels wide and high at most.
pub const MOST_PIXELS: usize = 4096;
/// How many frames a second may have.
pub const FRAME_RATES: [u32; 2] = [1, 50];
/// How many seconds it may last.
pub const LENGTHS: [f64; 2] = [0.1, 600.0];
/// How long it lasts where nobody says, in seconds.
const USUAL_LENGTHS: [f64; 2] = [2.0, 20.0];

/// Which step each frame shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// Frames a second.
    pub rate: u32,
    /// The steps, and for how many frames each is seen; all differ, and the last stays for a second.
    pub shots: Vec<(usize, u32)>,
}

impl Script {
    /// From step 0 to the horizon at an even pace: that of the clock, in steps a second, within 2 and 20
    /// seconds, or as fast as it takes for so many `seconds`.
    ///
    /// # Errors
    /// A sentence: there would be too many frames, or too few, or they would be too fast.
    pub fn new(
        horizon: usize,
        speed: f64,
        rate: u32,
        seconds: Option<f64>,
    ) -> Result<Self, String> {
        let [slowest, fastest] = FRAME_RATES;
        if !(slowest..=fastest).contains(&rate) {
            return Err(format!("A second has {slowest} to {fastest} frames, and not {rate}."));
        }
        let [shortest, longest] = LENGTHS;
        if let Some(seconds) = seconds.filter(|seconds| !(shortest..=longest).contains(seconds)) {
            return Err(format!(
                "A film lasts {shortest} to {longest} seconds, and not {seconds}."
            ));
        }
        let [least, most] = USUAL_LENGTHS;
        let seconds = seconds.unwrap_or_else(|| (horizon as f64 / speed).clamp(least, most));
        let count = (seconds * f64::from(rate)).round() as usize;
        if count > MOST_FRAMES {
            return Err(format!(
                "{seconds} seconds with {rate} frames each are {count} frames, and {MOST_FRAMES} is \
                 the most: fewer seconds or fewer frames a second are less."
            ));
        }
        let mut shots: Vec<(usize, u32)> = vec![];
        for frame in 0..count {
            let step = (horizon as f64 * frame as f64 / count as f64) as usize;
            match shots.last_mut() {
                Some((last, frames)) if *last == step => *frames += 1,
                _ => shots.push((step, 1)),
            }
        }
        match shots.last_mut() {
            Some((last, frames)) if *last == horizon => *frames = rate,
            _ => shots.push((horizon, rate)),
        }
        Ok(Self { rate, shots })
    }
}

/// A part of a frame: what has changed since the frame before.
struct Shot {
    /// Column and row of the upper left corner.
    at: [usize; 2],
    /// Columns and rows.
    size: [usize; 2],
    /// Its pixels of four bytes, compressed. Those that stay have no opacity.
    pixels: Vec<u8>,
    /// For how many frames it is seen.
    frames: u32,
}

impl Shot {
    fn rgba(&self) -> Vec<u8> {
        miniz_oxide::inflate::decompress_to_vec(&self.pixels).expect("it was compressed here")
    }
}

/// Frames one after the other.
pub struct Film {
    rate: u32,
    size: [usize; 2],
    shots: Vec<Shot>,
    histogram: Histogram,
    /// The frame before.
    before: Vec<u8>,
}

impl Film {
    /// Draws every shot of a script: `draw` gives the SVG of a step, and there are `scale` pixels to a CSS
    /// pixel. `progress` is told after each shot how many there are so far.
    ///
    /// # Errors
    /// A sentence: a frame would be too large.
    pub fn new(
        script: &Script,
        scale: f64,
        mut draw: impl FnMut(usize) -> String,
        mut progress: impl FnMut(usize),
    ) -> Result<Self, String> {
        let mut drawn = Frames::new(scale);
        let (size, shots, before) = ([0; 2], vec![], vec![]);
        let mut film =
            Self { rate: script.rate, size, shots, histogram: Histogram::default(), before };
        for (index, &(step, frames)) in script.shots.iter().enumerate() {
            film.add(drawn.next(draw(step))?, frames);
            progress(index + 1);
        }
        Ok(film)
    }

    /// Adds a frame that is seen for so many.
    fn add(&mut self, Pixels { size, rgba }: Pixels, frames: u32) {
        let [columns, rows] = size;
        let (pixels, _) = rgba.as_chunks::<4>();
        let (before, _) = self.before.as_chunks::<4>();
        let changed = |at: usize| before.get(at) != Some(&pixels[at]);
        let all = (0..pixels.len()).filter(|&at| changed(at));
        let ends = all.fold(None, |ends: Option<[usize; 4]>, at| {
            let (x, y) = (at % columns, at / columns);
            let [left, right, top, bottom] = ends.unwrap_or([x, x, y, y]);
            Some([left.min(x), right.max(x), top.min(y), bottom.max(y)])
        });
        let Some([left, right, top, bottom]) = ends else {
            // The same again.
            if let Some(last) = self.shots.last_mut() {
                last.frames += frames;
            }
            return;
        };
        let mut part = vec![];
        for at in (top..=bottom).flat_map(|y| (left..=right).map(move |x| y * columns + x)) {
            if changed(at) {
                let [red, green, blue, _] = pixels[at];
                self.histogram.add([red, green, blue]);
                part.extend([red, green, blue, 255]);
            } else {
                part.extend([0; 4]);
            }
        }
        let pixels = miniz_oxide::deflate::compress_to_vec(&part, 1);
        let part_size = [right + 1 - left, bottom + 1 - top];
        self.shots.push(Shot { at: [left, top], size: part_size, pixels, frames });
        self.size = [columns, rows];
        self.before = rgba;
    }

    /// As a GIF that repeats for ever. It has 255 colours: those of the picture where there are no more, else
    /// those of its wide areas and the nearest to the rest.
    ///
    /// # Errors
    /// A sentence.
    pub fn gif(&self) -> Result<Vec<u8>, String> {
        gif::encode(self).map_err(|error| format!("The GIF could not be written: {error}."))
    }

    /// As an animated PNG that repeats for ever, each pixel as it is.
    ///
    /// # Errors
    /// A sentence.
    pub fn apng(&self) -> Result<Vec<u8>, String> {
        animated_png::encode(self)
            .map_err(|error| format!("The animated PNG could not be written: {error}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_goes_from_the_first_step_to_the_last() {
        // 50 steps in 5 s of 20 frames: each is seen twice, and the last a second.
        let script = Script::new(50, 10.0, 20, None).unwrap();
        let shots: Vec<_> = (0..50).map(|step| (step, 2)).chain([(50, 20)]).collect();
        assert_eq!(script.shots, shots);
        // Faster than there are frames: some steps are left out.
        let script = Script::new(1000, 1e4, 10, Some(5.0)).unwrap();
        assert_eq!(script.shots.len(), 51);
        assert_eq!((script.shots[0], script.shots[1]), ((0, 1), (20, 1)));
        assert_eq!(script.shots[50], (1000, 10));
        assert_eq!(Script::new(0, 6.0, 20, None).unwrap().shots, [(0, 20)]);
        assert_eq!(Script::new(1, 6.0, 5, None).unwrap().shots, [(0, 10), (1, 5)]);
    }

    #[test]
    fn too_much_is_refused_in_a_sentence() {
        let wrong = |rate, seconds| Script::new(10, 6.0, rate, seconds).unwrap_err();
        assert!(wrong(0, None).contains("1 to 50 frames"));
        assert!(wrong(20, Some(0.0)).contains("0.1 to 600 seconds"));
        assert!(wrong(20, Some(f64::NAN)).contains("0.1 to 600 seconds"));
        assert!(wrong(50, Some(41.0)).contains("2050 frames, and 2000 is the most"));
    }
}

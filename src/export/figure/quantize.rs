//! Many colours told by few: exactly where they are few already; else those of wide areas as they are, and the
//! rest by the median cut (Heckbert, 1982).

use std::collections::HashMap;

/// Red, green, blue, 0 to 255.
pub type Rgb = [u8; 3];

/// How many pixels have each colour.
#[derive(Default)]
pub struct Histogram(HashMap<Rgb, u64>);

impl Histogram {
    /// Counts a pixel.
    pub fn add(&mut self, color: Rgb) {
        *self.0.entry(color).or_default() += 1;
    }

    /// At most so many colours for those that were counted, and which of them each is told by.
    pub fn palette(&self, most: usize) -> Palette {
        let mut counted: Vec<(Rgb, u64)> =
            self.0.iter().map(|(&color, &count)| (color, count)).collect();
        // The most frequent first; in an order of its own.
        counted.sort_unstable_by_key(|&(color, count)| (u64::MAX - count, color));
        let total: u64 = counted.iter().map(|(_, count)| count).sum();
        let colors: Vec<Rgb> = if counted.len() <= most {
            counted.iter().map(|(color, _)| *color).collect()
        } else {
            let is_wide = |&(_, count): &(Rgb, u64)| count * WIDE >= total;
            let wide = counted.iter().take(most / 2).take_while(|entry| is_wide(entry)).count();
            let exact = counted[..wide].iter().map(|(color, _)| *color);
            exact.chain(cut(&counted[wide..], most - wide)).collect()
        };
        let nearest = |color: Rgb| {
            let far = |other: &Rgb| {
                (0..3)
                    .map(|of| i32::from(color[of]) - i32::from(other[of]))
                    .map(|d| d * d)
                    .sum::<i32>()
            };
            (0..colors.len()).min_by_key(|&at| far(&colors[at])).unwrap_or(0) as u8
        };
        let places = counted.iter().map(|&(color, _)| (color, nearest(color))).collect();
        Palette { colors, places }
    }
}

/// A colour of one pixel in so many is that of an area.
const WIDE: u64 = 500;

/// A few colours.
pub struct Palette {
    /// The colours, 256 at most.
    pub colors: Vec<Rgb>,
    places: HashMap<Rgb, u8>,
}

impl Palette {
    /// Which of the colours tells this one, which was counted; else the first.
    pub fn place(&self, color: Rgb) -> u8 {
        self.places.get(&color).copied().unwrap_or(0)
    }
}

/// A mean for each of `most` boxes that hold all of these colours.
fn cut(counted: &[(Rgb, u64)], most: usize) -> Vec<Rgb> {
    let mut boxes = vec![counted.to_vec()];
    while boxes.len() < most {
        let spread = |entries: &Vec<(Rgb, u64)>| {
            let count: u64 = entries.iter().map(|(_, count)| count).sum();
            (widest(entries).1 as f64).powi(2) * (count as f64).sqrt()
        };
        let Some(at) =
            (0..boxes.len()).max_by(|&a, &b| spread(&boxes[a]).total_cmp(&spread(&boxes[b])))
        else {
            break;
        };
        let mut entries = boxes.swap_remove(at);
        let (channel, width) = widest(&entries);
        if width == 0 {
            boxes.push(entries);
            break;
        }
        entries.sort_unstable_by_key(|&(color, _)| (color[channel], color));
        let half = entries.iter().map(|(_, count)| count).sum::<u64>() / 2;
        let mut below = 0;
        let middle = entries.iter().position(|(_, count)| {
            below += count;
            below > half
        });
        let middle = middle.unwrap_or(0).clamp(1, entries.len() - 1);
        let above = entries.split_off(middle);
        boxes.extend([entries, above]);
    }
    boxes.iter().map(|entries| mean(entries)).collect()
}

/// The channel in which colours differ most, and by how much.
fn widest(entries: &[(Rgb, u64)]) -> (usize, u8) {
    let width = |channel: usize| {
        let values = entries.iter().map(|(color, _)| color[channel]);
        values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
    };
    let channel = (0..3).max_by_key(|&channel| width(channel)).unwrap_or(0);
    (channel, width(channel))
}

fn mean(entries: &[(Rgb, u64)]) -> Rgb {
    let count: u64 = entries.iter().map(|(_, count)| count).sum::<u64>().max(1);
    [0, 1, 2].map(|channel| {
        let sum: u64 = entries.iter().map(|(color, count)| u64::from(color[channel]) * count).sum();
        ((sum + count / 2) / count) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_stay_and_many_come_near() {
        let mut few = Histogram::default();
        (0..256).for_each(|at| few.add([at as u8, 7, 9]));
        let palette = few.palette(256);
        assert!(
            (0..=255).all(|at| palette.colors[palette.place([at, 7, 9]) as usize] == [at, 7, 9])
        );

        let mut many = Histogram::default();
        let shade = |at: u32| [at as u8, (at >> 8) as u8, 128];
        (0..65_536).for_each(|at| many.add(shade(at)));
        (0..65_536).for_each(|_| many.add([1, 2, 3]));
        let palette = many.palette(256);
        assert!(palette.colors.len() == 256 && palette.colors.contains(&[1, 2, 3]));
        let far = |at| {
            let told = palette.colors[palette.place(shade(at)) as usize];
            (0..3).map(|of| told[of].abs_diff(shade(at)[of])).max().unwrap()
        };
        assert!((0..65_536).all(|at| far(at) <= 24), "{:?}", (0..65_536).map(far).max());
    }
}

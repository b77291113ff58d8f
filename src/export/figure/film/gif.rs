//! A film as a GIF.

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

use super::{Film, Shot};

/// Of the 256 numbers of colours, one is that of pixels that stay.
const COLORS: usize = 255;

/// The file.
///
/// # Errors
/// The encoder's: none that is known of.
pub fn encode(film: &Film) -> Result<Vec<u8>, EncodingError> {
    let Film { rate, size, shots, histogram, .. } = film;
    let rate = u64::from(*rate);
    let palette = histogram.palette(COLORS);
    let stays = palette.colors.len() as u8;
    let mut colors: Vec<u8> = palette.colors.iter().flatten().copied().collect();
    colors.extend([0; 3]);
    let mut file = vec![];
    let [width, height] = size.map(|side| side as u16);
    let mut encoder = Encoder::new(&mut file, width, height, &colors)?;
    encoder.set_repeat(Repeat::Infinite)?;
    // In hundredths of a second, so that no rounding adds up.
    let hundredths = |frames: u64| (200 * frames + rate) / (2 * rate);
    let mut so_far = 0;
    for shot in shots {
        let Shot { at: [left, top], size: [width, height], frames, .. } = *shot;
        let end = so_far + u64::from(frames);
        let delay = hundredths(end) - hundredths(so_far);
        so_far = end;
        let rgba = shot.rgba();
        let (pixels, _) = rgba.as_chunks::<4>();
        let place = |&[red, green, blue, alpha]: &[u8; 4]| match alpha {
            0 => stays,
            _ => palette.place([red, green, blue]),
        };
        encoder.write_frame(&Frame {
            delay: delay.min(u64::from(u16::MAX)) as u16,
            dispose: DisposalMethod::Keep,
            transparent: Some(stays),
            left: left as u16,
            top: top as u16,
            width: width as u16,
            height: height as u16,
            buffer: pixels.iter().map(place).collect::<Vec<u8>>().into(),
            ..Frame::default()
        })?;
    }
    drop(encoder);
    Ok(file)
}

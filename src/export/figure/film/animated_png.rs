//! A film as an animated PNG.

use png::{BitDepth, BlendOp, ColorType, DisposeOp, Encoder, EncodingError};

use super::{Film, Shot};

/// The file.
///
/// # Errors
/// The encoder's: none that is known of.
pub fn encode(film: &Film) -> Result<Vec<u8>, EncodingError> {
    let mut file = vec![];
    let [width, height] = film.size.map(|side| side as u32);
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    // 0 is for ever.
    encoder.set_animated(film.shots.len() as u32, 0)?;
    encoder.set_blend_op(BlendOp::Over)?;
    encoder.set_dispose_op(DisposeOp::None)?;
    let mut writer = encoder.write_header()?;
    for shot in &film.shots {
        let Shot { at: [left, top], size: [width, height], frames, .. } = *shot;
        writer.set_frame_delay(frames.min(u32::from(u16::MAX)) as u16, film.rate as u16)?;
        // Within the picture whatever the order: first at its corner.
        writer.set_frame_position(0, 0)?;
        writer.set_frame_dimension(width as u32, height as u32)?;
        writer.set_frame_position(left as u32, top as u32)?;
        writer.write_image_data(&shot.rgba())?;
    }
    writer.finish()?;
    Ok(file)
}

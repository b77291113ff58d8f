//! Pixels as a PNG file.

/// From so many pixels on a PNG is compressed in a hurry.
const LARGE: usize = 10_000_000;

/// Pixels of four bytes each as a PNG file.
pub fn encode_png(rgba: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut file = vec![];
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    // Of a very large picture, time is worth more than a third of the file.
    if width * height > LARGE {
        encoder.set_compression(png::Compression::Fast);
    }
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(rgba))
        .expect("writing a picture of the right size to memory");
    file
}

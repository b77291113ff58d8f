//! Animations: what is written is what the pictures show, step by step.

use std::io::Cursor;

use ravine::export::figure::film::{Film, Script};
use ravine::export::figure::{Pixels, Renderer};
use ravine::export::printed::{self, View};

const SIZE: [f64; 2] = [240.0, 180.0];

fn film(link: &str, view: View, script: &Script) -> Film {
    let mut figure = printed::open(link).0.figure(view);
    let draw = |step| {
        figure.lab_mut().timeline_mut().seek(step);
        figure.svg(SIZE, 1)
    };
    Film::new(script, 1.0, draw, |_| {}).unwrap()
}

fn still(link: &str, view: View, step: usize) -> Vec<u8> {
    let mut figure = printed::open(&format!("{link}&step={step}")).0.figure(view);
    let Pixels { rgba, .. } = Renderer::new().pixels(&figure.svg(SIZE, 1), 1.0).unwrap();
    rgba
}

/// The frames of an animated PNG as they are seen, and how long each is, in seconds.
fn frames_of_apng(file: &[u8]) -> Vec<(Vec<u8>, f64)> {
    let mut reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
    let control = reader.info().animation_control.unwrap();
    assert_eq!((reader.info().width, reader.info().height, control.num_plays), (240, 180, 0));
    let mut seen = vec![0; 240 * 180 * 4];
    let frames = (0..control.num_frames).map(|_| {
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        let frame = *reader.info().frame_control().unwrap();
        lay(&mut seen, &bytes, [frame.x_offset, frame.y_offset, frame.width, frame.height]);
        (seen.clone(), f64::from(frame.delay_num) / f64::from(frame.delay_den))
    });
    frames.collect()
}

fn frames_of_gif(file: &[u8]) -> Vec<(Vec<u8>, f64)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut reader = options.read_info(Cursor::new(file)).unwrap();
    assert_eq!((reader.width(), reader.height()), (240, 180));
    let mut seen = vec![0; 240 * 180 * 4];
    let mut frames = vec![];
    while let Some(frame) = reader.read_next_frame().unwrap() {
        let place = [frame.left, frame.top, frame.width, frame.height].map(u32::from);
        lay(&mut seen, &frame.buffer, place);
        frames.push((seen.clone(), f64::from(frame.delay) / 100.0));
    }
    assert_eq!(reader.repeat(), gif::Repeat::Infinite);
    frames
}

/// Lays a part of a picture over what is seen.
fn lay(seen: &mut [u8], part: &[u8], [left, top, width, _]: [u32; 4]) {
    let (seen, _) = seen.as_chunks_mut::<4>();
    for (row, pixels) in part.as_chunks::<4>().0.chunks(width as usize).enumerate() {
        for (column, pixel) in pixels.iter().enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            seen[(top as usize + row) * 240 + left as usize + column] = *pixel;
        }
    }
}

/// The largest difference of a channel, and how much they differ in the mean.
fn differences(a: &[u8], b: &[u8]) -> (u8, f64) {
    assert_eq!(a.len(), b.len());
    let all = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    (all().max().unwrap(), all().map(f64::from).sum::<f64>() / a.len() as f64)
}

#[test]
fn frames_are_the_pictures_of_their_steps() {
    for (link, view, horizon) in [
        ("steps=8&runs=gd,momentum,adam", View::Plot, 8),
        ("steps=6", View::Loss, 6),
        ("steps=4&surface=rosenbrock", View::Hill, 4),
        ("problem=linear&data.n=20&gd2.batch=4&steps=6", View::Plot, 6),
        ("net=3&steps=6", View::Plot, 6),
        ("net=3&steps=6", View::Loss, 6),
    ] {
        let script = Script::new(horizon, 10.0, 10, Some(horizon as f64 / 10.0)).unwrap();
        assert_eq!(script.shots.len(), horizon + 1);
        let film = film(link, view, &script);
        let pngs = frames_of_apng(&film.apng().unwrap());
        let gifs = frames_of_gif(&film.gif().unwrap());
        assert_eq!((pngs.len(), gifs.len()), (horizon + 1, horizon + 1), "{link}");
        for (step, ((exact, of_png), (near, of_gif))) in pngs.iter().zip(&gifs).enumerate() {
            let wanted = still(link, view, step);
            // Edges of what moves are laid over a ground that was drawn before.
            let (most, off) = differences(exact, &wanted);
            assert!(most <= 6 && off < 0.02, "{link}, step {step}: {most}, {off}");
            let (_, off) = differences(near, &wanted);
            assert!(off < 1.5, "{link}, step {step}: {off}");
            let lasts = if step == horizon { 1.0 } else { 0.1 };
            assert_eq!((*of_png, *of_gif), (lasts, lasts), "{link}, step {step}");
        }
        assert_ne!(pngs[horizon / 2].0, pngs[0].0, "{link}");
        assert_ne!(pngs[horizon / 2].0, pngs[horizon].0, "{link}");
    }
}

#[test]
fn what_is_empty_or_diverges_has_its_film_too() {
    for (link, horizon) in [
        ("runs=&steps=5", 5),
        ("gd.alpha=10&momentum.alpha=10&steps=5", 5),
        ("runs=gd,momentum,nesterov,adagrad,rmsprop,adam,gd,momentum&steps=3", 3),
    ] {
        let script = Script::new(horizon, 10.0, 10, Some(0.5)).unwrap();
        let total: u32 = script.shots.iter().map(|(_, frames)| frames).sum();
        let frames = frames_of_gif(&film(link, View::Plot, &script).gif().unwrap());
        let lasts: f64 = frames.iter().map(|(_, seconds)| seconds).sum();
        assert!((lasts - f64::from(total) / 10.0).abs() < 1e-9, "{link}");
    }
}

#[test]
fn few_colours_are_exact_in_a_gif() {
    let script = Script { rate: 10, shots: vec![(0, 1), (1, 10)] };
    let draw = |step: usize| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"240\" height=\"180\">\
             <rect width=\"240\" height=\"180\" fill=\"#123456\"/>\
             <rect x=\"{}\" width=\"10\" height=\"10\" fill=\"#fedcba\"/></svg>",
            10 * step
        )
    };
    let frames = frames_of_gif(&Film::new(&script, 1.0, draw, |_| {}).unwrap().gif().unwrap());
    assert_eq!(frames.len(), 2);
    for (step, (seen, _)) in frames.iter().enumerate() {
        let wanted = Renderer::new().pixels(&draw(step), 1.0).unwrap().rgba;
        assert_eq!(seen, &wanted, "{step}");
    }
}

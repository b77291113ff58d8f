//! The page's pictures, drawn without a page.

use ravine::export::figure::{PgfDocument, SvgDocument, png};
use ravine::export::qr;
use ravine::export::stage::Stage;
use ravine::labs::model::{Shot, opening};
use ravine::labs::{App, KINDS, Picture};
use ravine::math::budget::Budget;
use ravine::view::Theme;

/// The pictures that a lab has on the page.
fn pictures(link: &str) -> Vec<Picture> {
    let model = App::new(link).model(&Theme::LIGHT);
    match (model.net.is_some(), model.data.is_some()) {
        (true, _) => {
            vec![Picture::Panel, Picture::Chart, Picture::Net, Picture::Land, Picture::Losses]
        }
        (_, true) => vec![Picture::Plot, Picture::Chart, Picture::Data, Picture::Ball],
        _ => vec![Picture::Plot, Picture::Chart],
    }
}

fn shot(link: &str, step: usize, picture: Picture) -> Shot {
    Shot {
        link: link.to_owned(),
        step,
        lesson: None,
        picture: picture.name().to_owned(),
        title: "A <picture> & more".to_owned(),
        sizes: Picture::ALL.map(|picture| (picture.name().to_owned(), [420.0, 260.0])).to_vec(),
        present_type_size: 20.0,
        is_dark: false,
    }
}

fn drawn(shot: Shot) -> String {
    let stage = made(shot, None);
    let size = stage.size();
    stage.finish(SvgDocument::new(size))
}

fn made(shot: Shot, width: Option<f64>) -> Stage {
    let mut stage = Stage::new(shot, width).unwrap();
    let mut last = 0.0;
    while let Some(progress) = stage.go_on(&mut Budget::units(5_000_000)).unwrap() {
        assert!((0.0..=1.0).contains(&progress), "{progress}");
        last = progress;
    }
    assert!(last <= 1.0);
    stage
}

/// The pixels of an SVG, or why it is none.
fn pixels(svg: &str) -> Vec<u8> {
    let file = png(svg, 1.0).unwrap_or_else(|fault| panic!("{fault}\n{svg}"));
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut rgba).unwrap();
    rgba
}

#[test]
fn every_picture_of_every_scene_is_a_picture() {
    for kind in KINDS {
        for preset in kind.presets {
            for picture in pictures(preset.link) {
                // These are drawn where they are seen.
                let more = match picture {
                    Picture::Ball => "&deck=ball",
                    Picture::Land => "&deck=surface",
                    Picture::Losses => "&deck=losses",
                    _ => "",
                };
                let rest = preset.link.split('&').filter(|part| !part.starts_with("deck="));
                let link = rest.collect::<Vec<_>>().join("&") + more;
                let svg = drawn(shot(&link, 12, picture));
                assert!(svg.contains("A &lt;picture&gt; &amp; more"), "{svg}");
                let rgba = pixels(&svg);
                let first = &rgba[..4];
                let of = (preset.link, picture);
                assert!(rgba.chunks_exact(4).any(|pixel| pixel != first), "{of:?} is empty");
                // Nothing is fetched by whoever shows it.
                let mut links = svg.split("href=\"").skip(1);
                assert!(links.all(|link| link.starts_with("data:")), "{of:?}");
            }
        }
    }
}

#[test]
fn it_is_what_the_page_shows_at_the_step() {
    let link = "surface=rosenbrock&runs=gd,momentum&steps=200";
    let at = |step| drawn(shot(link, step, Picture::Plot));
    assert!(at(0) != at(50) && at(50) != at(200));
    assert!(at(50) == at(50));
    // Beyond the horizon there is nothing more.
    assert!(at(200) == at(5000));
    let dark = drawn(Shot { is_dark: true, ..shot(link, 50, Picture::Plot) });
    assert!(dark != at(50));
    assert!(dark == drawn(shot(&format!("{link}&theme=dark"), 50, Picture::Plot)));
}

#[test]
fn what_has_several_panels_has_them_side_by_side_with_their_titles() {
    let width = |svg: &str| {
        let (_, rest) = svg.split_once("width=\"").unwrap();
        rest.split('"').next().unwrap().parse::<f64>().unwrap()
    };
    let one = drawn(shot("surface=bowl&runs=gd", 3, Picture::Plot));
    assert_eq!(width(&one), 420.0);
    let two = drawn(shot("problem=linear&split=yes", 3, Picture::Plot));
    assert_eq!(width(&two), 2.0 * 420.0 + 16.0);
    for title in ["GD", "SGD"] {
        assert!(two.contains(&format!(">{title}")), "{title}: {}", &two[..2000]);
    }
}

#[test]
fn an_experiment_that_is_empty_or_diverges_has_pictures_too() {
    for link in [
        "surface=bowl&runs=",
        "surface=bowl&runs=gd&gd.hidden=yes",
        "surface=ravine&runs=gd&gd.alpha=5&steps=500",
        "f=1/0&runs=gd",
        "problem=linear&data.n=1",
        "runs=gd,gd,gd,gd,momentum,momentum,adam,nesterov",
        "net=3&runs=gd&gd.alpha=1000",
        "surface=himmelblau&map=basins",
        "surface=himmelblau&by=alpha",
        "surface=rosenbrock&view=both",
    ] {
        for picture in pictures(link) {
            pixels(&drawn(shot(link, 400, picture)));
        }
    }
}

#[test]
fn a_question_that_is_open_stays_open_in_its_picture() {
    let asked = opening().lessons.iter().find_map(|lesson| {
        let at =
            lesson.scenes.iter().position(|scene| scene.ask.is_some() && scene.lab == "surface")?;
        Some(format!("lesson={}&scene={}", lesson.key, at + 1))
    });
    let link = asked.unwrap();
    let open = drawn(shot(&link, 10_000, Picture::Plot));
    let told = drawn(shot(&format!("{link}&revealed=yes"), 10_000, Picture::Plot));
    assert!(open != told);
}

#[test]
fn what_there_is_not_is_said() {
    let unknown = Shot { picture: "moon".to_owned(), ..shot("", 0, Picture::Plot) };
    assert_eq!(Stage::new(unknown, None).err().unwrap(), "There is no picture moon.");
    let lesson = Some(["own".to_owned(), "{".to_owned()]);
    let unread = Shot { lesson, ..shot("", 0, Picture::Plot) };
    assert!(!Stage::new(unread, None).err().unwrap().is_empty());
}

/// The modules of a code, read from its path.
fn modules(code: &qr::Code) -> Vec<Vec<bool>> {
    let side = code.modules + 8;
    let mut dark = vec![vec![false; side]; side];
    let (_, path) = code.svg.split_once("<path d=\"").unwrap();
    for one in path.split('"').next().unwrap().split('M').skip(1) {
        let numbers: Vec<usize> = (one.split(|c: char| !c.is_ascii_digit()))
            .filter_map(|number| number.parse().ok())
            .collect();
        let [x, y, width, ..] = numbers[..] else { panic!("{one}") };
        dark[y][x..x + width].fill(true);
    }
    dark
}

#[test]
fn a_camera_reads_a_link_from_its_code() {
    let longest = format!("https://example.org/#f={}", "x%2B".repeat(720));
    for link in ["https://example.org/#surface=bowl", &longest[..300], &longest[..2900]] {
        let code = qr::code(link).unwrap();
        let dark = modules(&code);
        // Eight pixels to a module, as a photograph has about.
        let side = dark.len() * 8;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            if dark[y / 8][x / 8] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, link);
    }
    let refused = qr::code(&"x".repeat(3000)).unwrap_err();
    assert_eq!(refused, "No QR code holds this link: it has 3000 bytes, a code 2,953 at most.");
}

#[test]
fn for_latex_it_is_laid_out_anew_as_wide_as_a_text() {
    for (link, picture) in [
        ("surface=rosenbrock&runs=gd,momentum", Picture::Plot),
        ("problem=linear&split=yes", Picture::Plot),
        ("problem=linear", Picture::Data),
        ("net=3&runs=gd", Picture::Net),
        ("surface=bowl", Picture::Chart),
    ] {
        let width = PgfDocument::pixels_of(12.0);
        let stage = made(shot(link, 20, picture), Some(width));
        let size = stage.size();
        assert!((size[0] - width).abs() < 1e-9, "{size:?}");
        let tex = stage.finish(PgfDocument::of_pixels(size, link));
        assert!(tex.is_ascii() && tex.contains(r"\begin{pgfpicture}"), "{tex}");
        let open = tex.matches(r"\begin{").count();
        assert!(open > 0 && open == tex.matches(r"\end{").count(), "{tex}");
    }
}

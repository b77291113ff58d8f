//! Pictures for LaTeX: what they are made of, for every scene; and where there is a LaTeX, that it takes them
//! and shows what the PNG shows.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use ravine::export::figure::Renderer;
use ravine::export::printed::{self, View};
use ravine::labs::KINDS;

const SIZE: [f64; 2] = [9.0, 7.0];

const VIEWS: [View; 5] = [View::Plot, View::Loss, View::Hill, View::Surface, View::Sweep];

fn pgf(link: &str, view: View) -> String {
    printed::open(link).0.figure(view).pgf(SIZE, link)
}

/// Every command that may stand in a file.
const COMMANDS: [&str; 54] = [
    "AE",
    "Delta",
    "S",
    "alpha",
    "approx",
    "begin",
    "begingroup",
    "beta",
    "bullet",
    "cdot",
    "color",
    "def",
    "definecolor",
    "dots",
    "end",
    "endgroup",
    "ensuremath",
    "footnotesize",
    "hat",
    "hbox",
    "ht0",
    "input",
    "kappa",
    "lambda",
    "large",
    "Large",
    "le",
    "lower",
    "makeatletter",
    "nabla",
    "normalsize",
    "pgfpathcircle",
    "pgfpathclose",
    "pgfpathlineto",
    "pgfpathmoveto",
    "pgfpathrectangle",
    "pgfpointorigin",
    "pgfqpoint",
    "pgfsetfillcolor",
    "pgfsetfillopacity",
    "pgfsetlinewidth",
    "pgfsetroundcap",
    "pgfsetroundjoin",
    "pgfsetstrokecolor",
    "pgfsetstrokeopacity",
    "pgfsys@invoke",
    "pgftext",
    "pgftransformshift",
    "pgfusepath",
    "relax",
    "scriptsize",
    "setbox0",
    "small",
    "theta",
];

#[track_caller]
fn assert_is_well_formed(link: &str, text: &str) {
    assert!(text.chars().all(|c| c == '\n' || (' '..='~').contains(&c)), "{link}");
    assert!(text.lines().all(|line| line.len() < 5000), "{link}");
    let mut depth = 0_i32;
    let mut scopes = 0_i32;
    let mut places = 0;
    for line in text.lines() {
        let code = line.replace("\\%", "").replace("\\{", "").replace("\\}", "");
        let code = code.split('%').next().unwrap();
        assert!(!code.contains("http") && !code.contains("NaN") && !code.contains("inf"), "{line}");
        for c in code.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            assert!(depth >= 0, "{link}: {line}");
        }
        scopes += code.matches("\\begin{pgf").count() as i32;
        scopes -= code.matches("\\end{pgf").count() as i32;
        assert!((0..=2).contains(&scopes), "{link}: {line}");
        for command in code.split('\\').skip(1) {
            let is_letter = |c: char| c.is_ascii_alphabetic() || c == '@';
            let length = command.find(|c| !is_letter(c)).unwrap_or(command.len());
            let name = match command {
                _ if command.starts_with("setbox0") || command.starts_with("ht0") => continue,
                _ => &command[..length],
            };
            let is_own = name.starts_with("ravine");
            assert!(
                name.len() <= 1 || is_own || COMMANDS.contains(&name),
                "{link}: \\{name} in {line}"
            );
        }
        let lengths = code.split("bp").collect::<Vec<_>>();
        for before in &lengths[..lengths.len() - 1] {
            let length = before.rsplit('{').next().unwrap();
            let Ok(length) = length.parse::<f64>() else { continue };
            assert!(length.abs() < 2000.0, "{link}: {line}");
        }
        places += code.matches("\\ravinemove").count() + code.matches("\\ravineline").count();
    }
    assert!(depth == 0 && scopes == 0, "{link}");
    assert!(places < 60_000, "{link}: {places}");
    // No path has so many places that TeX would hold them for long.
    let longest = text.split("\\pgfusepath").map(|path| path.matches("\\ravineline").count());
    assert!(longest.max().unwrap() <= 800, "{link}");
}

fn scenes() -> Vec<String> {
    KINDS.iter().flat_map(|kind| kind.presets).map(|scene| scene.link.to_owned()).collect()
}

#[test]
fn every_scene_is_well_formed() {
    for link in scenes() {
        for view in [View::Plot, View::Loss] {
            assert_is_well_formed(&link, &pgf(&link, view));
        }
    }
}

const HOSTILE: [&str; 6] = [
    "runs=",
    "gd.alpha=10&momentum.alpha=10&steps=5000",
    "runs=gd,momentum,nesterov,adagrad,rmsprop,adam,gd,momentum&arrows=yes&velocity=yes",
    "f=ln(x)-1e300*y^2&gd.alpha=10",
    "f=a*x^2+y^2&a=3",
    "net=2&steps=2&data.classes=50%25%20%23_~,%7B%5Cx%7D",
];

#[test]
fn what_is_empty_or_diverges_or_is_much_is_well_formed() {
    for link in HOSTILE {
        for view in VIEWS {
            assert_is_well_formed(link, &pgf(link, view));
        }
    }
    let noisy = "runs=gd,gd,gd&steps=5000&gd.noise=1&gd2.noise=2&gd3.noise=2";
    let text = pgf(noisy, View::Plot);
    assert_is_well_formed(noisy, &text);
    assert!(text.len() < 1_000_000, "{}", text.len());
}

/// The program, where it is there; else that is said.
fn program(name: &str) -> bool {
    let is_there = Command::new(name).arg("--version").output().is_ok();
    if !is_there {
        // Past the test runner, which shows what a test prints only where it fails.
        let line =
            format!("There is no {name}: pictures for LaTeX are looked at, not set by it.\n");
        io::stderr().write_all(line.as_bytes()).unwrap();
    }
    is_there
}

/// Sets a picture by LaTeX.
fn set(engine: &str, folder: &Path, name: &str, text: &str) -> PathBuf {
    fs::write(folder.join(format!("{name}-picture.tex")), text).unwrap();
    let document = format!(
        "\\documentclass{{article}}\n\\usepackage{{pgf}}\n\\pagestyle{{empty}}\\parindent0pt\n\
         \\topskip0pt\\topmargin-1in\\headheight0pt\\headsep0pt\\oddsidemargin-1in\\hoffset0pt\n\
         \\begin{{document}}\n\\input{{{name}-picture.tex}}\n\\end{{document}}\n"
    );
    fs::write(folder.join(format!("{name}.tex")), document).unwrap();
    let done = Command::new(engine)
        .args(["-interaction=nonstopmode", "-halt-on-error", &format!("{name}.tex")])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && !said.contains("Missing character"),
        "{engine} {name}: {said}"
    );
    folder.join(format!("{name}.pdf"))
}

#[test]
fn latex_takes_them_and_shows_what_the_png_shows() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pgf");
    fs::create_dir_all(&folder).unwrap();
    let pictures = [
        ("ravine", "runs=gd,momentum,adam", View::Plot),
        ("loss", "", View::Loss),
        ("hill", "surface=rosenbrock", View::Hill),
        ("risk", "problem=linear&data.n=40&gd2.batch=4", View::Plot),
        ("net", "net=2&steps=5", View::Plot),
        ("classes", HOSTILE[5], View::Plot),
    ];
    let engines = ["pdflatex", "lualatex", "xelatex"].map(|engine| (engine, program(engine)));
    for (engine, _) in engines.iter().filter(|(_, is_there)| *is_there) {
        // One has all; of the others it is enough that they take pixels, opaque and not.
        let count = if *engine == "pdflatex" { pictures.len() } else { 3 };
        for &(name, link, view) in &pictures[..count] {
            let pdf = set(engine, &folder, &format!("{name}-{engine}"), &pgf(link, view));
            if !program("pdftoppm") {
                continue;
            }
            let pixels = folder.join(format!("{name}-{engine}"));
            let done = Command::new("pdftoppm")
                .args(["-r", "120", "-singlefile", "-png"])
                .args([&pdf, &pixels])
                .status();
            assert!(done.unwrap().success());
            let seen = decoded(&fs::read(pixels.with_extension("png")).unwrap());
            let size = SIZE.map(|cm| cm / 2.54 * 120.0);
            // The same picture in as many pixels: 0.6 big points are a CSS pixel.
            let svg =
                printed::open(link).0.figure(view).svg(SIZE.map(|cm| cm * 72.0 / 2.54 / 0.6), 2);
            let wanted = Renderer::new().pixels(&svg, 0.6 * 120.0 / 72.0).unwrap();
            let (wanted, width) = (wanted.rgba.as_chunks::<4>().0, wanted.size[0]);
            let rows = (size[1] as usize).min(wanted.len() / width);
            let columns = (size[0] as usize).min(width);
            let mut far = 0;
            for y in 0..rows {
                for x in 0..columns {
                    let (a, b) = (seen.1[y * seen.0 + x], wanted[y * width + x]);
                    far += usize::from((0..3).any(|of| a[of].abs_diff(b[of]) > 60));
                }
            }
            // Letters differ, and where edges lie within a pixel.
            assert!(far * 20 < rows * columns, "{engine} {name}: {far} of {}", rows * columns);
        }
    }
}

/// The width and the pixels of a PNG.
fn decoded(file: &[u8]) -> (usize, Vec<[u8; 3]>) {
    let mut decoder = png::Decoder::new(io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let pixels = match info.color_type {
        png::ColorType::Rgb => bytes.as_chunks().0.to_vec(),
        png::ColorType::Rgba => {
            bytes.as_chunks::<4>().0.iter().map(|p| [p[0], p[1], p[2]]).collect()
        }
        _ => bytes.iter().map(|&grey| [grey; 3]).collect(),
    };
    (info.width as usize, pixels)
}

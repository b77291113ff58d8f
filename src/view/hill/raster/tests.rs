//! The raster against rays, and what it does at holes and at the top of the box.

use super::*;
use crate::math::window::Window;
use crate::view::field::sampled;
use crate::view::hill::{Camera, HeightScale};
use crate::view::paint::Bands;
use crate::view::{Levels, Theme};

const STYLE: Style = Style::page(&Theme::LIGHT);
const SIZE: [usize; 2] = [180, 130];
const WINDOW: Window = Window::new(-2.0, 2.0, -1.5, 1.5);

fn terrain(f: impl Fn(f64, f64) -> f64) -> Terrain {
    let field = sampled(WINDOW, 61, 45, f);
    Terrain::new(&field, &Levels::of(&field, None), HeightScale::of(&field, None, false))
}

fn painted(terrain: &Terrain, camera: &Camera, samples: usize) -> (Projection, Raster) {
    let projection = Projection::new(SIZE.map(|side| side as f64), camera, &STYLE);
    let mut raster = Raster::default();
    let paint = Paint {
        palette: Palette::Quiet,
        cells: None,
        style: STYLE,
        pixels: SIZE,
        samples,
        draft: false,
    };
    raster.paint(terrain, &projection, &paint);
    (projection, raster)
}

/// How far away each pixel is that shows the surface, in px; ∞ where none is seen.
fn depths(terrain: &Terrain, projection: &Projection) -> Vec<f64> {
    let Terrain { columns, rows, heights, .. } = terrain;
    let share = |at: usize, nodes: usize| at as f64 / (nodes - 1) as f64;
    let node = |(at, &w): (usize, &f32)| {
        let place = [share(at % columns, *columns), share(at / columns, *rows), f64::from(w)];
        let [_, down, away] = projection.place(place);
        // The depth stands where a picture has the height among the levels.
        [down as f32, away as f32, 0.0, w]
    };
    let nodes: Vec<Node> = heights.iter().enumerate().map(node).collect();
    let slices = Slices::new(terrain, &nodes, projection, 1.0, true);
    let mut depths = vec![f64::INFINITY; SIZE[0] * SIZE[1]];
    let mut cut = Vec::new();
    for column in 0..SIZE[0] {
        slices.cut(column, &mut cut);
        for ends in cut.array_windows() {
            let Some([from, to]) = below_the_top(ends.map(|corner| corner.node)) else { continue };
            for row in 0..SIZE[1] {
                let share = (row as f32 + 0.5 - from[DOWN]) / (to[DOWN] - from[DOWN]);
                let depth = &mut depths[row * SIZE[0] + column];
                if (0.0..=1.0).contains(&share) && depth.is_infinite() {
                    *depth = f64::from(between(&from, &to, share)[BAND]);
                }
            }
        }
    }
    depths
}

#[test]
fn a_pixel_shows_what_a_ray_through_its_middle_meets_first() {
    let surfaces: [fn(f64, f64) -> f64; 4] = [
        |x, y| x * x + 3.0 * y * y,
        |x, y| (4.0 * x).sin() * (5.0 * y).cos() + 0.3 * x,
        |x, y| if x * x + y * y < 0.5 { f64::NAN } else { x * y },
        |x, y| 1.0 / (x * x + y * y + 1e-3),
    ];
    for (at, f) in surfaces.into_iter().enumerate() {
        let terrain = terrain(f);
        for (turn, tilt) in [(-35.0, 42.0), (120.0, 15.0), (0.0, 0.0), (15.0, 89.0), (180.0, 60.0)]
        {
            let camera = Camera { turn, tilt, ..Camera::usual() };
            let (projection, raster) = painted(&terrain, &camera, 1);
            let (mut seen, mut off) = (0, 0);
            for (index, depth) in depths(&terrain, &projection).into_iter().enumerate() {
                let pixel = [index % SIZE[0], index / SIZE[0]].map(|px| px as f64 + 0.5);
                let (origin, toward) = projection.ray(pixel);
                let hit = terrain.first_hit(origin, toward.map(|share| -share));
                // A ray is counted in px from where it begins.
                let exact = hit.map(|t| projection.place(origin)[2] + t);
                let near = exact.is_some_and(|exact| (exact - depth).abs() < 0.05);
                let both_miss = exact.is_none() && depth.is_infinite();
                let is_painted = raster.samples[index][3] != 0;
                seen += usize::from(depth.is_finite());
                off += usize::from(!near && !both_miss || is_painted != depth.is_finite());
            }
            // Along edges, and where the ray only just touches, rounding decides.
            assert!(seen > 400, "surface {at} at {turn}°, {tilt}°: {seen} px");
            assert!(off * 500 < seen, "surface {at} at {turn}°, {tilt}°: {off} of {seen} px");
        }
    }
}

#[test]
fn from_straight_above_every_pixel_has_the_field_s_own_colour() {
    let terrain = terrain(|x, y| x + 0.2 * y);
    let camera = Camera { turn: 0.0, tilt: 90.0, ..Camera::usual() };
    let (_, raster) = painted(&terrain, &camera, 1);
    let bands = Bands::new(terrain.levels, Palette::Quiet, STYLE.theme);
    let own: Vec<[u8; 4]> =
        (-4..=terrain.levels as i32).map(|h| bands.shade(h as f32 + 0.5, 0.0)).collect();
    let plain = raster.samples.iter();
    let found = plain.filter(|pixel| own.iter().any(|own| own == *pixel)).count();
    assert!(found * 10 > SIZE[0] * SIZE[1] * 7, "{found} px");
    assert!(raster.samples.iter().all(|sample| sample[3] == 255));
}

#[test]
fn a_hole_is_seen_through_and_soft_edges_are_the_mean_of_their_samples() {
    let terrain = terrain(|x, y| if x.abs() < 0.5 { f64::INFINITY } else { y });
    let camera = Camera { turn: 0.0, tilt: 90.0, ..Camera::usual() };
    let (projection, raster) = painted(&terrain, &camera, 2);
    let opacity = |u: f64| {
        let [px, py] = projection.pixel([u, 0.5, 0.0]);
        raster.rgba[4 * (py as usize * SIZE[0] + px as usize) + 3]
    };
    assert_eq!([0.1, 0.3, 0.5, 0.7].map(opacity), [255, 255, 0, 255]);
    let soft = raster.rgba.chunks(4).filter(|pixel| !matches!(pixel[3], 0 | 255)).count();
    assert!((0..=4 * SIZE[1]).contains(&soft), "{soft}");
}

#[test]
fn what_stands_higher_than_the_box_is_cut_off_at_its_top() {
    let terrain = terrain(|x, y| 1.0 / (x * x + y * y + 1e-3));
    assert!(terrain.heights.iter().any(|&w| w > 2.0));
    for tilt in [0.0, 5.0, 42.0, 80.0] {
        let (projection, raster) = painted(&terrain, &Camera { tilt, ..Camera::usual() }, 1);
        let top = (0..4).map(|corner| {
            projection.pixel([f64::from(corner & 1), f64::from(corner >> 1), 1.0])[1]
        });
        let highest = top.fold(f64::INFINITY, f64::min);
        let first = raster.samples.iter().position(|sample| sample[3] != 0).unwrap() / SIZE[0];
        assert!(
            first as f64 + 1.0 >= highest,
            "at {tilt}°: row {first}, and the box begins at {highest}"
        );
    }
}

#[test]
fn a_pixel_shows_the_cell_over_which_its_ray_meets_the_surface() {
    let terrain = terrain(|x, y| if x * x + y * y < 0.5 { f64::NAN } else { (3.0 * x).sin() + y });
    let [columns, rows] = [terrain.columns, terrain.rows];
    let inner = [0, 1].map(|axis| 0.02 * terrain.size()[axis] as f64);
    for (turn, tilt) in [(-35.0, 42.0), (120.0, 15.0), (15.0, 89.0)] {
        let camera = Camera { turn, tilt, ..Camera::usual() };
        let (projection, raster) = painted(&terrain, &camera, 1);
        let is_painted: Vec<bool> = raster.samples.iter().map(|sample| sample[3] != 0).collect();
        let seen = Raster::default().seen(&terrain, &projection, SIZE, false);
        assert_eq!(seen.cells().map(|cell| cell.is_some()).collect::<Vec<_>>(), is_painted);
        let mut met = 0;
        for (index, cell) in seen.cells().enumerate() {
            let pixel = [index % SIZE[0], index / SIZE[0]].map(|px| px as f64 + 0.5);
            let (origin, toward) = projection.ray(pixel);
            let Some(t) = terrain.first_hit(origin, toward.map(|share| -share)) else { continue };
            let [u, v] = [0, 1].map(|axis| origin[axis] - t * toward[axis]);
            let Some(cell) = cell else { continue };
            let [across, up] = [(cell % columns) as f64 + 0.5, (cell / columns) as f64 + 0.5];
            let off = [u * (columns - 1) as f64 - across, v * (rows - 1) as f64 - up];
            met += usize::from(off.iter().zip(inner).all(|(off, inner)| off.abs() < 0.5 + inner));
        }
        let painted = is_painted.iter().filter(|is_painted| **is_painted).count();
        assert!(met * 100 > painted * 98, "{met} of {painted} pixels, turn {turn}, tilt {tilt}");
    }
}

#[test]
fn colours_of_cells_lie_where_they_were_painted_from_above() {
    let terrain = terrain(|x, y| x * x + y * y);
    let [across, up] = terrain.size();
    // Red grows to the right, green downwards.
    let picture: Vec<u8> = (0..across * up)
        .flat_map(|at| [(4 * (at % across)) as u8, (4 * (at / across)) as u8, 7, 255])
        .collect();
    let cells = terrain.cells(&picture);
    let projection = Projection::new(
        SIZE.map(|side| side as f64),
        &Camera { turn: 0.0, tilt: 90.0, ..Camera::usual() },
        &STYLE,
    );
    let mut raster = Raster::default();
    let seen = raster.seen(&terrain, &projection, SIZE, false);
    let mut flat = Vec::new();
    seen.lay(&cells, &mut flat);
    let pixel = |x: usize, y: usize| &flat[4 * (y * SIZE[0] + x)..][..4];
    for (x, y) in [(40, 50), (90, 65), (130, 20), (20, 110)] {
        let [red, green] = [4 * (x * across / SIZE[0]), 4 * (y * up / SIZE[1])];
        let [r, g, b, cover] = pixel(x, y) else { panic!("four bytes") };
        assert!(
            usize::from(*r).abs_diff(red) <= 8 && usize::from(*g).abs_diff(green) <= 8,
            "{x} {y}: {r} {g}"
        );
        assert_eq!((*b, *cover), (7, 255));
    }
    // The same in the light, between the isolines.
    let paint = |cells| Paint {
        palette: Palette::Quiet,
        cells,
        style: STYLE,
        pixels: SIZE,
        samples: 1,
        draft: false,
    };
    let lit = raster.paint(&terrain, &projection, &paint(Some(&cells))).to_vec();
    let same = lit.chunks(4).zip(flat.chunks(4)).filter(|(lit, flat)| lit == flat).count();
    assert!(2 * same > SIZE[0] * SIZE[1], "{same}");
    assert!(lit != raster.paint(&terrain, &projection, &paint(None)));
}

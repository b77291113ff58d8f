//! The hill: where its places are on the screen, what of a path is seen, and how paths leave the box.

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::math::random::Random;
use ravine::math::window::Window;
use ravine::objective::surfaces::GALLERY;
use ravine::view::hill::{Camera, HeightScale, Hill, Projection, Sight, Terrain, Trace};
use ravine::view::{Field, Frame, Levels, Style, Theme};

const STYLE: Style = Style::page(&Theme::LIGHT);
const SIZE: [f64; 2] = [900.0, 600.0];
const WINDOW: Window = Window::new(-3.0, 5.0, 10.0, 14.0);

fn uniform(random: &mut Random, low: f64, high: f64) -> f64 {
    low + (high - low) * random.uniform()
}

/// Any camera; of one in eight an angle is at its end.
fn camera(random: &mut Random) -> Camera {
    let mut angle = |low: f64, high: f64| match random.below(16) {
        0 => low,
        1 => high,
        _ => uniform(random, low, high),
    };
    let (turn, tilt) = (angle(-180.0, 180.0), angle(0.0, 90.0));
    let zoom = libm::exp2(uniform(random, -1.0, 3.0));
    let stretch = uniform(random, 0.1, 4.0);
    let focus = (random.below(4) == 0).then(|| [0; 3].map(|_| random.uniform()));
    Camera { turn, tilt, zoom, stretch, focus }
}

/// A surface of a few waves and bumps, some with a hole or a pole.
fn field(random: &mut Random) -> Field {
    let mut waves = Vec::new();
    for _ in 0..1 + random.below(4) {
        let [a, b, c, d] = [0; 4].map(|_| uniform(random, -2.5, 2.5));
        waves.push(move |x: f64, y: f64| d * libm::sin(a * x + b * y + c));
    }
    let [slope, pole, hole] = [0; 3].map(|_| uniform(random, -1.0, 1.0));
    let (columns, rows) = (12 + random.below(30) as usize, 9 + random.below(25) as usize);
    Field::sample(WINDOW, columns, rows, |xs, ys, out| {
        for (at, out) in out.iter_mut().enumerate() {
            let (x, y) = (xs[at % xs.len()], ys[at / xs.len()] - 12.0);
            let waves: f64 = waves.iter().map(|wave| wave(x, y)).sum();
            let near = (x - 1.0) * (x - 1.0) + y * y;
            *out = match () {
                () if hole > 0.5 && near < hole => f64::NAN,
                () if pole > 0.5 => waves + 1.0 / (near + 1e-3),
                () => waves + slope * x,
            };
        }
    })
}

/// A surface all of which is in the box.
fn whole_field() -> Field {
    Field::sample(WINDOW, 41, 31, |xs, ys, out| {
        for (at, out) in out.iter_mut().enumerate() {
            let (x, y) = (xs[at % xs.len()], ys[at / xs.len()]);
            *out = x * y + libm::sin(3.0 * x);
        }
    })
}

fn terrain(field: &Field) -> Terrain {
    Terrain::new(field, &Levels::of(field, None), HeightScale::of(field, None, false))
}

/// Where a place is, by the axes of the viewer's eye and not by turning the box: to the right, up, and
/// toward the eye.
fn eye(
    [u, v, w]: [f64; 3],
    projection: &Projection,
    camera: &Camera,
    middle: [f64; 2],
) -> [f64; 2] {
    let (turn, tilt) = (camera.turn.to_radians(), camera.tilt.to_radians());
    // The eye stands at this angle, in the plane, from the middle of the box.
    let around = turn - std::f64::consts::FRAC_PI_2;
    let toward = [around.cos() * tilt.cos(), around.sin() * tilt.cos(), tilt.sin()];
    let right = [-around.sin(), around.cos(), 0.0];
    let up = [
        toward[1] * right[2] - toward[2] * right[1],
        toward[2] * right[0] - toward[0] * right[2],
        toward[0] * right[1] - toward[1] * right[0],
    ];
    let sides = projection.sides();
    let from = camera.focus.unwrap_or([0.5; 3]);
    let place =
        [u, v, w].into_iter().zip(from).zip(sides).map(|((at, from), side)| (at - from) * side);
    let place: Vec<f64> = place.collect();
    let dot = |axis: [f64; 3]| place.iter().zip(axis).map(|(a, b)| a * b).sum::<f64>();
    [middle[0] + dot(right), middle[1] - dot(up)]
}

fn apart([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    (ax - bx).hypot(ay - by)
}

#[test]
fn every_place_is_where_the_axes_of_the_eye_put_it() {
    let mut random = Random::new(11);
    for _ in 0..2_000 {
        let camera = camera(&mut random);
        let projection = Projection::new(SIZE, &camera, &STYLE);
        let middle = projection.pixel(camera.focus.unwrap_or([0.5; 3]));
        for _ in 0..8 {
            let place = [0; 3].map(|_| uniform(&mut random, -0.2, 1.2));
            let exact = eye(place, &projection, &camera, middle);
            let off = apart(projection.pixel(place), exact);
            assert!(off < 0.01, "{off} px at {place:?} by {camera:?}");
            // plotters rounds a place to a unit twice.
            let off = apart(projection.tick(place), exact);
            assert!(off < 0.5, "{off} px at {place:?} by {camera:?}");
        }
        if camera.focus.is_some() {
            assert!(apart(middle, SIZE.map(|side| 0.5 * side)) < 0.5, "{middle:?}");
        }
    }
}

#[test]
fn from_straight_above_the_hill_is_the_plot() {
    let camera = Camera { turn: 0.0, tilt: 90.0, ..Camera::usual() };
    let frame = Frame { window: WINDOW, width: SIZE[0], height: SIZE[1] };
    let (terrain, projection) = (terrain(&whole_field()), Projection::new(SIZE, &camera, &STYLE));
    let hill = Hill { terrain: &terrain, projection: &projection, window: WINDOW };
    let mut random = Random::new(2);
    for _ in 0..500 {
        let point = [uniform(&mut random, -3.0, 5.0), uniform(&mut random, 10.0, 14.0)];
        let spot = hill.spot(point).unwrap();
        assert!(apart(spot.pixel, frame.to_pixel(point)) < 0.15 && spot.sight == Sight::Seen);
        let read = hill.point_at(frame.to_pixel(point)).unwrap();
        assert!(apart(frame.to_pixel(read), frame.to_pixel(point)) < 0.15);
    }
    assert!(camera.is_plan());
}

#[test]
fn the_whole_box_is_in_the_picture_until_it_is_zoomed() {
    let mut random = Random::new(5);
    for _ in 0..500 {
        let camera = Camera { zoom: 1.0, focus: None, ..camera(&mut random) };
        let projection = Projection::new(SIZE, &camera, &STYLE);
        let frame = Frame { window: WINDOW, width: SIZE[0], height: SIZE[1] };
        for corner in 0..8 {
            let place = [corner & 1, corner >> 1 & 1, corner >> 2].map(f64::from);
            assert!(frame.holds(projection.pixel(place), 0.5), "{camera:?}");
        }
        let [across, deep, tall] = projection.sides();
        assert!((across / deep - 1.5).abs() < 0.01);
        assert!((tall / across - camera.stretch * 0.45 * 540_000f64.sqrt() / 900.0).abs() < 0.01);
    }
}

type Place = [f64; 3];

fn minus(a: Place, b: Place) -> Place {
    std::array::from_fn(|axis| a[axis] - b[axis])
}
fn cross(a: Place, b: Place) -> Place {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
fn dot(a: Place, b: Place) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// All triangles of a surface, in shares.
fn triangles(field: &Field, scale: &HeightScale) -> Vec<[Place; 3]> {
    let node = |column: usize, row: usize| {
        let across = column as f64 / (field.columns - 1) as f64;
        let up = row as f64 / (field.rows - 1) as f64;
        [across, up, f64::from(scale.share(field.values[row * field.columns + column]) as f32)]
    };
    let cells = (0..field.rows - 1).flat_map(|row| (0..field.columns - 1).map(move |at| (at, row)));
    cells
        .flat_map(|(at, row)| {
            let [a, b] = [node(at, row), node(at + 1, row)];
            let [c, d] = [node(at, row + 1), node(at + 1, row + 1)];
            [[a, b, d], [a, d, c]]
        })
        .filter(|corners| corners.iter().all(|corner| corner[2].is_finite()))
        .collect()
}

/// Whether a ray goes through one of the triangles before it has left the box (Möller and Trumbore,
/// 1997).
fn is_stopped(triangles: &[[Place; 3]], origin: Place, direction: Place) -> bool {
    triangles.iter().any(|&[a, b, c]| {
        let (ab, ac) = (minus(b, a), minus(c, a));
        let normal = cross(direction, ac);
        let area = dot(ab, normal);
        if area == 0.0 {
            return false;
        }
        let from = minus(origin, a);
        let first = dot(from, normal) / area;
        let other = cross(from, ab);
        let second = dot(direction, other) / area;
        let t = dot(ac, other) / area;
        first >= 0.0
            && second >= 0.0
            && first + second <= 1.0
            && t > 0.0
            && origin[2] + t * direction[2] <= 1.0
    })
}

#[test]
fn a_place_is_hidden_where_a_ray_to_the_viewer_meets_a_triangle() {
    let mut random = Random::new(3);
    let (mut asked, mut hidden, mut wrong) = (0, 0, 0);
    for _ in 0..120 {
        let field = field(&mut random);
        let terrain = terrain(&field);
        let triangles = triangles(&field, &terrain.scale);
        for _ in 0..3 {
            let camera = camera(&mut random);
            let projection = Projection::new(SIZE, &camera, &STYLE);
            let hill = Hill { terrain: &terrain, projection: &projection, window: WINDOW };
            let toward = projection.toward();
            for _ in 0..40 {
                let shares = [random.uniform(), random.uniform()];
                let Some(w) = terrain.height_at(shares).filter(|w| (0.0..=1.0).contains(w)) else {
                    continue;
                };
                let spot = hill.spot(hill.point(shares)).unwrap();
                let stopped =
                    |lift: f64| is_stopped(&triangles, [shares[0], shares[1], w + lift], toward);
                asked += 1;
                hidden += usize::from(spot.sight == Sight::Hidden);
                if (spot.sight == Sight::Hidden) != stopped(1e-5) {
                    wrong += 1;
                    // A thousandth of the box higher, or nothing, changes what is seen.
                    let near = [1e-6, 1e-4, 1e-3].map(stopped);
                    assert!(near.contains(&!stopped(1e-5)), "{shares:?} by {camera:?}");
                }
            }
        }
    }
    assert!(asked > 10_000 && hidden > 1_500 && asked - hidden > 3_000, "{hidden} of {asked}");
    assert!(wrong * 1000 <= asked, "{wrong} of {asked}");
}

#[test]
fn what_is_read_at_the_pixel_of_a_place_that_is_seen_is_the_place() {
    let mut random = Random::new(8);
    let mut read = 0;
    for _ in 0..200 {
        let field = field(&mut random);
        let terrain = terrain(&field);
        let projection = Projection::new(SIZE, &camera(&mut random), &STYLE);
        let hill = Hill { terrain: &terrain, projection: &projection, window: WINDOW };
        for _ in 0..20 {
            let point = [uniform(&mut random, -3.0, 5.0), uniform(&mut random, 10.0, 14.0)];
            let Some(spot) = hill.spot(point).filter(|spot| spot.sight == Sight::Seen) else {
                continue;
            };
            let there = hill.point_at(spot.pixel);
            // What only just touches the line of sight is lost in rounding.
            if let Some(there) = there.and_then(|there| hill.spot(there)) {
                read += usize::from(apart(there.pixel, spot.pixel) < 0.5);
            }
        }
    }
    assert!(read > 1_500, "{read}");
}

/// The sixteen surfaces, with the paths of three rules on them.
fn gallery() -> impl Iterator<Item = (&'static str, PlanarLab)> {
    GALLERY.iter().map(|surface| {
        let mut lab =
            PlanarLab::new(&format!("surface={}&runs=gd,momentum,adam&view=hill", surface.key));
        lab.settle();
        (surface.key, lab)
    })
}

#[test]
fn every_step_stands_where_its_loss_is() {
    let mut random = Random::new(21);
    let mut steps = 0;
    for (key, lab) in gallery() {
        let terrain = lab.terrain();
        for _ in 0..6 {
            let camera = Camera { zoom: 1.0, stretch: 1.0, focus: None, ..camera(&mut random) };
            let projection = Projection::new(SIZE, &camera, &STYLE);
            let hill =
                Hill { terrain: &terrain, projection: &projection, window: lab.frame().window };
            for path in lab.paths() {
                for (&point, &loss) in path.theta.iter().zip(&path.loss) {
                    let Some(spot) = hill.spot(point).filter(|spot| spot.sight != Sight::Gone)
                    else {
                        continue;
                    };
                    let [u, v] = hill.shares(point);
                    let middle = projection.pixel([0.5; 3]);
                    let exact =
                        eye([u, v, terrain.scale.share(loss)], &projection, &camera, middle);
                    let off = apart(spot.pixel, exact);
                    assert!(off < 0.5, "{key}: {off} px at {point:?} by {camera:?}");
                    steps += 1;
                }
            }
        }
    }
    assert!(steps > 5_000, "{steps}");
}

#[test]
fn a_path_that_diverges_ends_at_the_edge_of_the_box_and_is_broken_where_it_is_no_number() {
    let terrain = terrain(&whole_field());
    let mut random = Random::new(4);
    for _ in 0..100 {
        let projection =
            Projection::new(SIZE, &Camera { focus: None, ..camera(&mut random) }, &STYLE);
        let hill = Hill { terrain: &terrain, projection: &projection, window: WINDOW };
        let far = [[1.0, 12.0], [3.0, 12.5], [-40.0, 12.0], [1e30, 11.0], [-1e300, 1e300]];
        let mut trace = Trace::default();
        trace.extend(&hill, &far, usize::MAX);
        assert_eq!(
            [0, 1, 2, 3, 4].map(|step| trace.reaches(step)),
            [true, true, false, false, false]
        );
        // From the second step to the left edge, through the window to the right, and no more.
        let floors = |step: usize| {
            let of = trace.vertices.iter().filter(move |vertex| vertex.step == step);
            of.map(|vertex| vertex.floor).collect::<Vec<_>>()
        };
        let on_floor = |point: [f64; 2]| {
            let [u, v] = hill.shares(point);
            projection.pixel([u, v, 0.0])
        };
        let y = 12.5 - 0.5 * 6.0 / 43.0;
        assert!(apart(*floors(2).last().unwrap(), on_floor([-3.0, y])) < 0.5);
        assert!(apart(floors(3)[0], on_floor([-3.0, 12.0])) < 0.5);
        assert!(apart(*floors(3).last().unwrap(), on_floor([5.0, 12.0])) < 0.5);
        assert!(floors(4).is_empty());

        let broken = [
            [0.0, 11.0],
            [f64::NAN, 12.0],
            [2.0, 12.0],
            [3.0, f64::INFINITY],
            [4.0, 12.0],
            [4.5, 13.0],
        ];
        let mut trace = Trace::default();
        trace.extend(&hill, &broken, usize::MAX);
        let drawn = trace.vertices.iter().filter(|vertex| vertex.sight != Sight::Gone);
        assert!(drawn.clone().count() > 2 && drawn.clone().all(|vertex| vertex.step == 5));
    }
}

#[test]
fn a_path_laid_in_two_goes_is_the_path_laid_in_one() {
    for (key, lab) in gallery() {
        lab_traces(key, &lab);
    }
}

fn lab_traces(key: &str, lab: &PlanarLab) {
    let (terrain, projection) = (lab.terrain(), lab.projection());
    let hill = Hill { terrain: &terrain, projection: &projection, window: lab.frame().window };
    for path in lab.paths() {
        let [mut whole, mut pieces] = [Trace::default(), Trace::default()];
        whole.extend(&hill, &path.theta, usize::MAX);
        for to in [0, 1, 2, 7, 7, 30, usize::MAX] {
            pieces.extend(&hill, &path.theta, to);
        }
        assert_eq!(whole, pieces, "{key}");
        // It lies on the surface without a gap: what is drawn goes on from the place before.
        for pair in whole.vertices.windows(2).filter(|pair| pair[1].sight != Sight::Gone) {
            assert!(apart(pair[0].pixel, pair[1].pixel) < 160.0, "{key}: {pair:?}");
        }
    }
}

//! A scene's sentence is a claim: here each is computed in numbers from the scene's own link. What
//! chance has a part in holds in the median over the seeds 1 to 20, or over fewer of them where a
//! training is long.

pub(crate) mod fit;
pub(crate) mod minibatches;
pub(crate) mod nets;
pub(crate) mod opening;
pub(crate) mod surface;

use ravine::labs::Lab as _;
use ravine::labs::network::NetLab;
use ravine::labs::planar::PlanarLab;
use ravine::labs::presets::Preset;
use ravine::training::run::Path;

/// A test for each scene, called like it, and one that says that no scene is without.
macro_rules! claims {
    ($presets:expr; $($name:ident, $key:literal => $claim:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let claim: fn(&str) = $claim;
                claim(crate::scenes::link($presets, $key));
            }
        )*

        #[test]
        fn every_scene_has_its_claims() {
            let keys: Vec<&str> = $presets.iter().map(|preset| preset.key).collect();
            assert_eq!(keys, [$($key),*]);
        }
    };
}
pub(crate) use claims;

/// The link of the scene of this key.
fn link<'a>(presets: &'a [Preset], key: &str) -> &'a str {
    presets.iter().find(|preset| preset.key == key).expect("a scene of this key").link
}

/// The seeds over which a median is taken.
const SEEDS: std::ops::RangeInclusive<u32> = 1..=20;

/// The lab of a link without faults, all of it computed.
pub(crate) fn lab(link: &str) -> PlanarLab {
    let mut lab = PlanarLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.settle();
    lab
}

/// The labs of a link with each of the seeds.
pub(crate) fn seeded(link: &str) -> impl Iterator<Item = PlanarLab> + '_ {
    SEEDS.map(move |seed| lab(&format!("{link}&seed={seed}")))
}

/// The nets of a link, trained to a tick.
pub(crate) fn trained(link: &str, tick: usize) -> NetLab {
    let mut lab = NetLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.timeline_mut().seek(tick);
    lab.settle();
    lab
}

/// The nets of a link with each of these seeds, trained to a tick.
fn seeded_nets(
    link: &str,
    seeds: impl Iterator<Item = u32>,
    tick: usize,
) -> impl Iterator<Item = NetLab> {
    seeds.map(move |seed| trained(&format!("{link}&seed={seed}"), tick))
}

/// The median; of an even number of values, the mean of the two in the middle.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { 0.5 * (values[half - 1] + values[half]) }
}

pub(crate) fn distance([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    (ax - bx).hypot(ay - by)
}

/// The root of the mean squared distance of points to one.
fn spread(points: &[[f64; 2]], middle: [f64; 2]) -> f64 {
    let squares = points.iter().map(|&point| distance(point, middle).powi(2));
    (squares.sum::<f64>() / points.len() as f64).sqrt()
}

/// The length of each step of a path.
pub(crate) fn lengths(points: &[[f64; 2]]) -> Vec<f64> {
    points.windows(2).map(|pair| distance(pair[0], pair[1])).collect()
}

/// From which step on a path stays within a part of the starting distance to a point; infinite
/// where it does not.
pub(crate) fn arrives(path: &Path, at: [f64; 2], part: f64) -> f64 {
    let near = part * distance(path.theta[0], at);
    match path.theta.iter().rposition(|&theta| distance(theta, at) > near) {
        Some(last) if last + 1 < path.theta.len() => (last + 1) as f64,
        Some(_) => f64::INFINITY,
        None => 0.0,
    }
}

/// The first step at which numbers are at or below a level; infinite where they never are.
pub(crate) fn down(numbers: &[f64], level: f64) -> f64 {
    numbers.iter().position(|number| *number <= level).map_or(f64::INFINITY, |at| at as f64)
}

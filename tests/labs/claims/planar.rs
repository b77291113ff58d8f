//! Claims about runs in the plane. Each is held to closed forms of the surfaces and of the losses, to
//! the rules in plain loops, and to the points of the path, never to what the core found out about them.

mod averages;
mod ends;
mod ground;
mod links;
mod mean_square;
mod noise;
mod progress;
mod rules;
mod saddles;
mod stability;
mod witness;

use std::collections::BTreeMap;

use ravine::analysis::explain::{Afterwards, Claim, Fared, Goal, Measure, Place, Rest, Summit};
use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;

use crate::laws::dice::{Dice, cases};
use ground::Ground;
use witness::{Check, Witness, require};

/// The kinds of claims, by what they may say: a claim of none of them does not compile.
macro_rules! kinds {
    ($($name:ident: $claim:pat,)*) => {
        const KINDS: &[&str] = &[$(stringify!($name)),*];

        fn kind(claim: &Claim) -> &'static str {
            match claim {
                $($claim => stringify!($name),)*
            }
        }
    };
}

kinds! {
    NoValueAtStart: Claim::NoValueAtStart,
    Overflowed: Claim::Overflowed { .. },
    FellWithoutEnd: Claim::FellWithoutEnd { .. },
    LeftDomain: Claim::LeftDomain { .. },
    Singular: Claim::Singular { batch: None, .. },
    SingularOverBatch: Claim::Singular { batch: Some(_), .. },
    AboveLimitEverywhere: Claim::AboveLimit { place: Place::Everywhere, .. },
    AboveLimitAtStart: Claim::AboveLimit { place: Place::Start, .. },
    AboveLimitAtLastPoint: Claim::AboveLimit { place: Place::LastPoint, .. },
    AboveLimitHere: Claim::AboveLimit { place: Place::Here, .. },
    AboveMeanSquareLimit: Claim::AboveMeanSquareLimit { .. },
    StartIsMinimum: Claim::DoesNotMove(Rest::Minimum(None)),
    StartIsLocalMinimum: Claim::DoesNotMove(Rest::Minimum(Some(_))),
    StartIsMaximum: Claim::DoesNotMove(Rest::Maximum),
    StartIsSaddle: Claim::DoesNotMove(Rest::Saddle),
    StartIsJump: Claim::DoesNotMove(Rest::Jump),
    StartIsLevel: Claim::DoesNotMove(Rest::Level(None)),
    StartIsLevelAbove: Claim::DoesNotMove(Rest::Level(Some(_))),
    Diverges: Claim::Diverges { below_gd: false, .. },
    DivergesBelowGd: Claim::Diverges { below_gd: true, .. },
    AtLimit: Claim::AtLimit { .. },
    MeanSquareGrows: Claim::MeanSquareGrows { .. },
    NoMinimum: Claim::NoMinimum { .. },
    HeadsForSaddle: Claim::OnSaddleLine { settled: false, .. },
    SettledAtSaddle: Claim::OnSaddleLine { settled: true, .. },
    NearsSaddle: Claim::NearsSaddle { .. },
    LeavesSaddle: Claim::LeavesSaddle { ridge: false, .. },
    LeavesRidge: Claim::LeavesSaddle { ridge: true, .. },
    OvershootsAndStays: Claim::Overshoots { then: Afterwards::Stays(_), .. },
    OvershootsAndKeeps: Claim::Overshoots { then: Afterwards::Keeps(..), .. },
    ZigZags: Claim::ZigZags { jumps: false, .. },
    Jumps: Claim::ZigZags { jumps: true, .. },
    WithinAlone: Claim::Within { rival: None, .. },
    WithinAndRivalToo: Claim::Within { rival: Some((_, Fared::Within(_))), .. },
    WithinAndRivalNot: Claim::Within { rival: Some((_, Fared::NotIn(_))), .. },
    WithinAndRivalDiverged: Claim::Within { rival: Some((_, Fared::Diverged(_))), .. },
    WithinAndRivalStopped: Claim::Within { rival: Some((_, Fared::Stopped(_))), .. },
    Creeps: Claim::Creeps { alpha: None, .. },
    CreepsBelowHalf: Claim::Creeps { alpha: Some(_), .. },
    Leaves: Claim::Leaves { noisy: false, .. },
    LeavesButForNoise: Claim::Leaves { noisy: true, .. },
    AtOnce: Claim::AtOnce { measure: Measure::Plain | Measure::Averaged, .. },
    AtOnceByNewton: Claim::AtOnce { measure: Measure::Newton | Measure::Damped, .. },
    Critical: Claim::Critical { .. },
    NearlyCritical: Claim::NearlyCritical { .. },
    Under: Claim::Under { .. },
    Over: Claim::Over { .. },
    ConvergedToKnown: Claim::Converged { goal: Goal::Known { .. }, .. },
    ConvergedToAnother: Claim::Converged { goal: Goal::Another(_), .. },
    ConvergedInGradient: Claim::Converged { goal: Goal::Gradient(_), .. },
    AtSaddle: Claim::AtSaddle { down: Some(_), .. },
    AtFlatSaddle: Claim::AtSaddle { down: None, .. },
    AtMaximum: Claim::AtMaximum { .. },
    Attracts: Claim::Attracts,
    ClimbsToSaddle: Claim::Climbs { to: Summit::Saddle, .. },
    ClimbsToMaximum: Claim::Climbs { to: Summit::Maximum, .. },
    OnPlateau: Claim::OnPlateau { .. },
    Frozen: Claim::Frozen { .. },
    InNoiseBall: Claim::InNoiseBall { nearer: false, .. },
    InNoiseBallOfAlpha: Claim::InNoiseBall { nearer: true, .. },
    OnItsWay: Claim::OnItsWay { .. },
    Hovers: Claim::Hovers { .. },
    GrowsOn: Claim::GrowsOn { .. },
    FallsOn: Claim::FallsOn { .. },
    Thrown: Claim::Thrown { .. },
    TooLong: Claim::TooLong { .. },
    ZigZagsHere: Claim::ZigZagsHere { .. },
    Bounces: Claim::Bounces { .. },
    Uphill: Claim::Uphill { .. },
    SlowNearSaddle: Claim::SlowNearSaddle { .. },
    InValley: Claim::InValley { .. },
    NearsAnother: Claim::NearsAnother { .. },
    Slow: Claim::Slow { .. },
    HardlyMoves: Claim::HardlyMoves { .. },
    Starts: Claim::Starts { .. },
    Progress: Claim::Progress { .. },
    Median: Claim::Median { .. },
    Averages: Claim::Averages { .. },
}

/// Whether a claim about a run that has a start is true.
fn holds(claim: &Claim, w: &Witness) -> Check {
    match *claim {
        Claim::NoValueAtStart => require(false, "f has no value at the start"),
        Claim::Overflowed { step } => ends::diverged(w, step),
        Claim::FellWithoutEnd { step } => ends::fell_without_end(w, step),
        Claim::LeftDomain { step } => ends::left_domain(w, step),
        Claim::Singular { step, damped, batch } => ends::singular(w, step, damped, batch),
        Claim::AboveLimit { product, place } => stability::above_limit(w, &product, place),
        Claim::AboveMeanSquareLimit { alpha, limit, m } => {
            mean_square::above_limit(w, alpha, limit, m)
        }
        Claim::DoesNotMove(rest) => ends::does_not_move(w, rest),
        Claim::Diverges { product, factor, along, below_gd } => {
            stability::diverges(w, &product, factor, along, below_gd)
        }
        Claim::AtLimit { product, along } => stability::at_limit(w, &product, along),
        Claim::MeanSquareGrows { alpha, limit, m, factor } => {
            mean_square::grows(w, alpha, limit, m, factor)
        }
        Claim::NoMinimum { lambda_max } => saddles::no_minimum(w, lambda_max),
        Claim::OnSaddleLine { settled, gradient, along, lambda_min } => {
            saddles::on_saddle_line(w, settled, gradient, along, lambda_min)
        }
        Claim::NearsSaddle { gradient, factor, along, lambda_min } => {
            saddles::nears(w, gradient, factor, along, lambda_min)
        }
        Claim::LeavesSaddle { factor, along, lambda_min, ridge } => {
            saddles::leaves(w, factor, along, lambda_min, ridge)
        }
        Claim::Overshoots { share, step, passed, then } => {
            progress::overshoots(w, share, step, passed, then)
        }
        Claim::ZigZags { product, jumps } => stability::zig_zags(w, &product, jumps),
        Claim::Within { step, rival } => progress::within(w, step, rival),
        Claim::Creeps { kept, along, steps, alpha } => {
            stability::creeps(w, kept, along, steps, alpha)
        }
        Claim::Leaves { share, along, noisy, product } => {
            stability::leaves(w, share, along, noisy, product.as_ref())
        }
        Claim::AtOnce { along, steps, measure } => stability::at_once(w, along, steps, measure),
        Claim::Critical { along } => stability::critical(w, along),
        Claim::NearlyCritical { modulus, root_beta, along } => {
            stability::nearly_critical(w, modulus, root_beta, along)
        }
        Claim::Under { modulus, root_beta, along } => {
            stability::under(w, modulus, root_beta, along)
        }
        Claim::Over { share, along } => stability::over(w, share, along),
        Claim::Converged { step, goal, above } => ends::converged(w, step, goal, above),
        Claim::AtSaddle { gradient, down } => saddles::at(w, gradient, down),
        Claim::AtMaximum { gradient, lambda_max } => saddles::at_maximum(w, gradient, lambda_max),
        Claim::Attracts => saddles::attracts(w),
        Claim::Climbs { along, lambda_min, to } => saddles::climbs(w, along, lambda_min, to),
        Claim::OnPlateau { gradient, moves, above } => ends::on_plateau(w, gradient, moves, above),
        Claim::Frozen { share, gradient } => ends::frozen(w, share, gradient),
        Claim::InNoiseBall { over, mean, nearer } => noise::in_ball(w, over, mean, nearer),
        Claim::OnItsWay { over, before, now } => noise::on_its_way(w, over, before, now),
        Claim::Hovers { mean, step } => ends::hovers(w, mean, step),
        Claim::GrowsOn { from, to } => progress::grows_on(w, from, to),
        Claim::FallsOn { from, to } => progress::falls_on(w, from, to),
        Claim::Thrown { step, gradient, length, times } => {
            progress::thrown(w, step, gradient, length, times)
        }
        Claim::TooLong { product, limit } => stability::too_long(w, &product, limit),
        Claim::ZigZagsHere { product } => stability::zig_zags_here(w, &product),
        Claim::Bounces { length } => progress::bounces(w, length),
        Claim::Uphill { from, to, since } => progress::uphill(w, from, to, since),
        Claim::SlowNearSaddle { gradient, along, lambda_min } => {
            saddles::slow_near(w, gradient, along, lambda_min)
        }
        Claim::InValley { ratio, steps } => progress::in_valley(w, ratio, steps),
        Claim::NearsAnother { distance } => progress::nears_another(w, distance),
        Claim::Slow { length, remaining, steps } => progress::slow(w, length, remaining, steps),
        Claim::HardlyMoves { gradient, length } => progress::hardly_moves(w, gradient, length),
        Claim::Starts { f, gradient, product } => {
            stability::starts(w, f, gradient, product.as_ref())
        }
        Claim::Progress { from, to, gradient } => progress::progress(w, from, to, gradient),
        Claim::Median { walkers, distance, average } => {
            averages::of_seeds(w, walkers, distance, average)
        }
        Claim::Averages { average, run } => averages::averages(w, average, run),
    }
}

/// The claims that do not hold of a link's runs, at its step and at their ends; counts all kinds.
fn wrong(link: &str, said: &mut BTreeMap<&'static str, usize>) -> Vec<String> {
    let mut lab = PlanarLab::new(link);
    assert!(lab.faults().is_empty(), "{link}: {:?}", lab.faults());
    let ground = Ground::of(lab.experiment());
    let mut wrong = Vec::new();
    for step in [lab.step(), lab.experiment().steps()] {
        lab.timeline_mut().seek(step);
        lab.settle();
        for run in 0..lab.paths().len() {
            let w = Witness::of(&lab, &ground, run);
            for claim in lab.claims(run) {
                *said.entry(kind(&claim)).or_default() += 1;
                let held = match &w {
                    Some(w) => holds(&claim, w),
                    None => {
                        let start = lab.experiment().start;
                        let [gx, gy] = ground.gradient(start);
                        let all = [ground.value(start), gx, gy];
                        let is_finite = all.iter().all(|part| part.is_finite());
                        require(claim == Claim::NoValueAtStart && !is_finite, "f has no value")
                    }
                };
                if let Err(why) = held {
                    wrong.push(format!("{link} at {step}, run {run}: {claim:?}: {why}"));
                }
            }
        }
    }
    wrong
}

/// The kinds of claims of so many random links, how often each was made; and those that do not hold.
fn look(
    seed: u64,
    count: usize,
    link: fn(&mut Dice) -> String,
) -> (BTreeMap<&'static str, usize>, Vec<String>) {
    let (mut dice, mut said, mut all) = (Dice::new(seed), BTreeMap::new(), Vec::new());
    for _ in 0..count {
        all.extend(wrong(&link(&mut dice), &mut said));
    }
    (said, all)
}

#[test]
fn what_is_said_of_runs_in_the_plane_holds_over_random_links() {
    let mut said = BTreeMap::new();
    let mut all = Vec::new();
    std::thread::scope(|scope| {
        let many = cases(2000);
        let looks = [
            scope.spawn(move || look(12, many, links::surface)),
            scope.spawn(move || look(13, many, links::minibatches)),
            scope.spawn(move || look(14, 500, links::seldom)),
        ];
        for look in looks {
            let (kinds, wrong) = look.join().expect("it looked");
            kinds.into_iter().for_each(|(kind, count)| *said.entry(kind).or_insert(0) += count);
            all.extend(wrong);
        }
    });
    assert!(all.is_empty(), "{} claims do not hold:\n{}", all.len(), all.join("\n"));
    let count = |kind: &&&str| said.get(**kind).copied().unwrap_or(0);
    let seldom: Vec<_> = KINDS.iter().filter(|kind| count(kind) < 5).collect();
    assert!(seldom.is_empty(), "next to nothing leads to {seldom:?}: {said:?}");
}

//! Which marks the pictures of a lab have at the moment.

use plotters_backend::DrawingBackend;

use super::{chart, data, draw_backdrop, draw_cloud, draw_heads, draw_paths, hill, trials};
use crate::labs::planar::PlanarLab;
use crate::math::budget::CALL;
use crate::objective::Objective;
use crate::view::hill::{HeightScale, Hill, Projection, Terrain};
use crate::view::legend::{Marks, Maybe, marks_of};
use crate::view::{Drawn, Field, Frame, Levels, Pen, Relief, Style};

/// Of a plot in which marks are looked for, in px: as large as one of the page is.
const PLOT: [f64; 2] = [600.0, 450.0];
const CHART: [f64; 2] = [400.0, 200.0];
/// So many nodes along a side are enough for every isoline that there may be …
const NODES: usize = 24;
/// … and so few for there to be some.
const FEWEST_NODES: usize = 4;

/// How many nodes along a side the surface is sampled at, so that looking for marks takes no longer
/// than any other call, where the fewest nodes do not.
fn nodes(objective: &Objective) -> usize {
    let affordable = (CALL / objective.cost().value.max(1)) as f64;
    (affordable.sqrt() as usize).clamp(FEWEST_NODES, NODES)
}

/// All marks that the lab's pictures have on a backend: they are drawn as they are, only that nothing
/// stays.
pub fn marks<DB: DrawingBackend>(lab: &PlanarLab, style: &Style) -> Marks {
    let [width, height] = PLOT;
    let frame = Frame { window: lab.experiment().window, width, height };
    let grid = |xs: &[f64], ys: &[f64], out: &mut [f64]| lab.objective().grid(xs, ys, out);
    let nodes = nodes(lab.objective());
    let field = Field::sample(frame.window, nodes, nodes, grid);
    let lowest = lab.objective().lowest();
    let levels = Levels::of(&field, lowest);
    let relief = Relief::new(&field, &levels);
    let terrain = Terrain::new(&field, &levels, HeightScale::of(&field, lowest, false));
    let projection = Projection::new(PLOT, &lab.camera(), style);
    let seen = Hill { terrain: &terrain, projection: &projection, window: frame.window };
    marks_of::<DB>(|pen| {
        for plot in 0..lab.plots().len() {
            if lab.shows_hill(plot) {
                draw_hill(pen, lab, &seen, style, plot)?;
                continue;
            }
            draw_backdrop(pen, lab, &relief, &frame, style)?;
            draw_cloud(pen, lab, &frame, style, plot, 0)?;
            draw_paths(pen, lab, &frame, style, plot, 0, lab.step())?;
            draw_heads(pen, lab, &frame, style, plot, "")?;
        }
        if lab.shows_trials() {
            trials::draw(pen, lab, CHART, style)?;
            trials::draw_pointed(pen, lab, CHART, style)?;
        } else {
            let losses = chart::chart(lab, CHART, style);
            chart::draw(pen, lab, &losses, style)?;
            chart::draw_curves(pen, lab, &losses, style, 0, lab.step())?;
            chart::draw_cursor(pen, lab, &losses, style)?;
        }
        if lab.examples().is_empty() {
            return Ok(());
        }
        data::draw_examples(pen, lab, style)?;
        data::draw_models(pen, lab, style)?;
        if lab.shows_ball() { data::draw_ball(pen, lab, CHART, style) } else { Ok(()) }
    })
}

/// One plot as a hill.
fn draw_hill<DB: DrawingBackend>(
    pen: &mut Pen<'_, Maybe<DB>>,
    lab: &PlanarLab,
    seen: &Hill<'_>,
    style: &Style,
    plot: usize,
) -> Drawn<Maybe<DB>> {
    let steps = [0, lab.step()];
    let mut traces = hill::Traces::default();
    traces.extend(lab, seen, plot, lab.step());
    hill::draw_cage(pen, lab, seen, style, &seen.terrain.isolines())?;
    traces.draw_shadows(pen, lab, seen, style, steps)?;
    hill::draw_cloud(pen, lab, seen, style, plot)?;
    traces.draw(pen, lab, seen, style, steps)?;
    hill::draw_heads(pen, lab, seen, style, plot, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::network::scene as nets;
    use crate::labs::network::{self, NetLab};
    use crate::labs::planar::experiment::LabKind;
    use crate::labs::planar::presets;
    use crate::labs::{Dataset as _, Lab as _};
    use crate::view::legend::Mark;
    use crate::view::recorder::Recorder;
    use crate::view::{Style, Theme};
    use std::collections::BTreeSet;

    const STYLE: Style = Style::page(&Theme::LIGHT);

    /// Links whose pictures have all that there is to be seen, besides the scenes.
    const PLANE: [&str; 15] = [
        "runs=gd,momentum&by=alphabeta",
        "runs=momentum&momentum.noise=1&by=alpha",
        "surface=rosenbrock&runs=nesterov&by=alphabeta&steps=20",
        "view=hill&surface=himmelblau&start=-5,-5&step=20&tilt=15&velocity=yes&arrows=yes",
        "view=hill&problem=mean&gd2.average=all&ensemble=20&fan=yes&isolines=yes&step=30",
        "view=both&problem=mean&ensemble=20&cloud=paths&step=30",
        "view=hill&surface=himmelblau&runs=gd&steps=20&map=basins&swarm=disc&walkers=100",
        "runs=gd,momentum,adam&arrows=yes&velocity=yes&slopes=yes&memory=yes&step=20",
        "runs=nesterov&steps=150&step=150",
        "f=sqrt(x)-y&runs=gd&gd.alpha=1&start=0.4,0&step=20",
        "problem=mean&gd2.average=all&batchloss=yes&fan=yes&isolines=yes&step=57",
        "problem=mean&ensemble=20&gd2.average=half&step=30&deck=ball",
        "problem=mean&ensemble=20&cloud=walks&step=30",
        "problem=linear&gd2.batch=4&residuals=yes&past=yes&fan=yes&isolines=yes&step=30",
        "problem=sine&step=10",
    ];
    const NETS: [&str; 8] = [
        "net=4&deck=surface&view=hill&step=20",
        "net=4,2&step=5&example=3",
        "net=4,2&step=5&test=yes&deck=weights",
        "net=4&data.shape=curve&step=5",
        "net=4&data.shape=plane&step=5&init=zero",
        "net=3&data.shape=xor&runs=momentum&momentum.batch=5&steps=10&step=4&at=99",
        "net=4&deck=surface&step=5",
        "net=4&deck=losses&step=5",
    ];

    #[test]
    fn marks_are_looked_for_within_the_work_of_a_call() {
        let loss = "sin(w*x)^2*exp(-b^2*y^2)%2B".repeat(12) + "w^2";
        for n in [10, 100, 500, 2000] {
            let lab = PlanarLab::new(&format!("problem=linear&data.n={n}&loss={loss}&steps=1"));
            assert_eq!(lab.experiment().data.len(), n);
            let (nodes, cost) = (nodes(lab.objective()), lab.objective().cost().value);
            assert!(nodes == FEWEST_NODES || (nodes * nodes) as u64 * cost <= CALL, "{n}: {nodes}");
            assert!(nodes == NODES || n > 10, "{n}: {nodes}");
            let names = marks::<Recorder>(&lab, &STYLE);
            assert!(names.told().any(|(mark, _)| format!("{mark:?}").contains("Isoline")), "{n}");
        }
    }

    #[test]
    fn all_that_is_drawn_has_a_name_in_the_legend() {
        let mut seen = BTreeSet::new();
        let mut keep = |marks: Marks, link: &str| {
            assert!(!marks.has_unnamed(), "something in {link} is drawn without a name");
            seen.extend(marks.told().map(|(mark, _)| format!("{mark:?}")));
        };
        let labs = [LabKind::Surface, LabKind::Minibatches].map(presets::of);
        let scenes = labs.into_iter().flatten().map(|preset| preset.link);
        for link in scenes.chain(PLANE) {
            let mut lab = PlanarLab::new(link);
            lab.settle();
            let step = lab.timeline().horizon().min(20);
            lab.timeline_mut().seek(step);
            lab.set_hover(Some([30.0, 30.0]));
            lab.choose_example(Some(0));
            keep(marks::<Recorder>(&lab, &STYLE), link);
        }
        for link in network::PRESETS.iter().map(|preset| preset.link).chain(NETS) {
            let mut lab = NetLab::new(link);
            lab.timeline_mut().seek(5);
            lab.settle();
            lab.point_at(Some(0));
            keep(nets::marks::<Recorder>(&lab, &STYLE), link);
        }
        for mark in [
            Mark::Hidden,
            Mark::Shadow,
            Mark::Average,
            Mark::AverageHead,
            Mark::Head,
            Mark::Minimum,
            Mark::Basin,
            Mark::Swarm,
            Mark::Batch,
        ] {
            assert!(seen.contains(&format!("{mark:?}")), "{mark:?}: {seen:?}");
        }
        for mark in
            [Mark::Spread, Mark::Bias, Mark::Class, Mark::Region, Mark::Chosen, Mark::Weight]
        {
            assert!(seen.contains(&format!("{mark:?}")), "{mark:?}: {seen:?}");
        }
    }
}

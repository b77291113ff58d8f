//! The legend: every mark that is drawn has a name here, what it means, and a sample.
//!
//! Whoever draws a mark takes [`Pen::of`] it first; what is drawn without one is found by a test.
//! Samples are drawn by the functions that draw the pictures.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::view::pen::{Drawn, Pen};

mod sample;

pub use sample::SIZE as SAMPLE;

/// Declares the marks with what the legend says of each; nothing of what explains itself.
macro_rules! marks {
    ($($(#[$about:meta])* $mark:ident: $says:expr,)*) => {
        /// Something that pictures are made of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mark { $($(#[$about])* $mark,)* }

        impl Mark {
            /// All of them, in the order of the legend.
            pub const ALL: &[Self] = &[$(Self::$mark,)*];

            /// What the legend says; `None` of what explains itself.
            pub fn says(self) -> Option<&'static str> {
                match self { $(Self::$mark => $says,)* }
            }
        }
    };
}

marks! {
    /// Numbers and names along the edges, grid lines, labels.
    Axes: None,
    /// A line of equal loss.
    Isoline: Some("line of equal loss"),
    /// A line of equal loss of the batch.
    BatchIsoline: Some("line of equal loss on the batch alone"),
    /// A known minimum.
    Minimum: Some("a known minimum"),
    /// A minimum with the colour of its basin.
    Basin: Some("colour of the plane: the minimum where the followed run ends from there, the darker the later; grey: near none after its last update, as at a saddle; hatched: a number is not finite"),
    /// The minimum of the batch's own risk.
    BatchMinimum: Some("minimum of the loss on the batch alone"),
    /// Where a run is expected.
    Guess: Some("where you expect the run; dashed line: to where it is"),
    /// A direction to choose.
    Choice: Some("the directions to choose from"),
    /// Where all runs start.
    Start: Some("where all runs start; drag it"),
    /// The path of a run.
    Path: Some("path of a run; each marker is a step"),
    /// What the hill hides.
    Hidden: Some("faint and dashed: behind the hill"),
    /// The shadow of a path.
    Shadow: Some("shadow of a path on the floor"),
    /// Where plain GD would step.
    GdStep: Some("where plain GD would step from here"),
    /// Where a run is.
    Head: Some("where a run is now"),
    /// A run outside of the window.
    Outside: Some("a run is outside the picture, in this direction"),
    /// The end of a run.
    Ended: Some("a run ended here: it diverged, or left the domain of f"),
    /// The velocity.
    Velocity: Some("where a run's velocity alone would carry it"),
    /// The slope in a direction.
    Slope: Some("slope of f in each direction: the longer, the steeper; coloured downhill"),
    /// What momentum remembers.
    Memory: Some("past gradients with their weights, head to tail: they sum to momentum's step"),
    /// The step that the pointer marks in the chart.
    Step: Some("the step under the pointer in the loss chart"),
    /// The path of an average.
    Average: Some("path of the averaged iterate of a run"),
    /// Where an average is.
    AverageHead: Some("hollow: where the averaged iterate is now"),
    /// The run with another seed.
    Seed: Some("where the run is with another seed"),
    /// The path with another seed.
    Walk: Some("path with another seed"),
    /// The spread over all seeds.
    Spread: Some("cross and ellipse: mean of all seeds, and two standard deviations about it"),
    /// The walkers of a swarm, and where they start.
    Swarm: Some("cloud: the walkers of the swarm, the denser the more, and a disc where very many stand in one place; dotted line: the edge of where they start"),
    /// The gradient of an example.
    ExamplePull: Some("negative gradient of one example of the batch"),
    /// The gradient of the risk.
    RiskPull: Some("−∇R, over all examples"),
    /// The gradient of the batch.
    BatchPull: Some("−ĝ, over the batch"),
    /// What the pointer reads.
    Hover: Some("what the pointer reads: ∇f points uphill"),
    /// An example.
    Example: Some("example"),
    /// An example that waits.
    Waiting: Some("hollow: example that the risk does not have yet"),
    /// An example of the batch.
    Batch: Some("amber: example of the batch of this step"),
    /// The example that is looked at.
    Chosen: Some("ring: the example that is chosen, or whose passes are shown"),
    /// The model of a run.
    Model: Some("the model with a run's parameters"),
    /// An earlier model.
    PastModel: Some("the model at earlier steps"),
    /// A residual.
    Residual: Some("residual of an example"),
    /// An example of a class.
    Class: Some("training example, its class by colour and shape: class 0 is an orange disc, class 1 a blue square"),
    /// An example with a value.
    Value: Some("training example, its y by colour: orange below 0, blue above"),
    /// An example for testing.
    Test: Some("hollow: test example"),
    /// What a net says.
    Region: Some("background: what the net says here, orange for class 0 or below 0, blue for class 1 or above 0, paler the less sure"),
    /// What a unit says.
    Unit: Some("inside a unit: its activation a over the same plane, orange below 0, blue above"),
    /// A weight.
    Weight: Some("line: weight, orange below 0, blue above, the larger the thicker"),
    /// A weight of 0.
    ZeroWeight: Some("a weight of 0"),
    /// A weight that is no number.
    LostWeight: Some("red: a weight that is not a finite number"),
    /// A bias.
    Bias: Some("small square: bias of a unit, orange below 0, blue above"),
    /// A weight that stands out.
    Focus: Some("the weight that is chosen, or under the pointer"),
    /// The edge of a unit.
    Node: None,
    /// A unit that stands out.
    LitNode: Some("the units that this stage of the passes is about"),
    /// A loss curve.
    Loss: Some("loss of a run; faint: what is still to come"),
    /// A loss of one example over what the net says.
    LossFunction: Some("loss of the example over what the net says of it; thin: with the other target"),
    /// Where the example is on it.
    LossPoint: Some("what a run's net says of the example"),
    /// The slope there.
    LossSlope: Some("tangent: how steep the loss is there"),
    /// The loss of an average.
    AverageLoss: Some("loss of the averaged iterate"),
    /// The loss of the batches.
    BatchLoss: Some("loss of each batch"),
    /// The loss on the test examples.
    TestLoss: Some("loss on the test examples"),
    /// The step shown.
    Now: Some("amber: the step that is shown"),
    /// The step under the pointer.
    Pointed: Some("the step under the pointer"),
    /// What a run ends with at each learning rate.
    EndLoss: Some("loss after the last update, against α"),
    /// The same with most seeds.
    EndBand: Some("band: 13 of 15 seeds end in it; the line is the one in the middle"),
    /// How the losses from all starts are distributed.
    StartShare: Some("share of all starts from which a run ends at this loss or below"),
    /// From the start that is shown.
    OwnStart: Some("what a run ends with from the start that is shown, among all starts"),
    /// What becomes of a net.
    Trainability: Some("what becomes of a net with each two values of its dials. Blue: its loss ends below that of the start, the lower the stronger; orange: it ends above, the sooner it diverges the stronger"),
    /// How fast momentum comes down.
    Factor: Some("how many updates momentum needs to take one decimal digit off the distance, at each α and β: the fewer, the darker; blank: it does not come down"),
    /// Where roots are equal.
    EqualRoots: Some("dashed, on the map of α and β: right of the falling line the flattest direction swings, right of the other the steepest changes sides at each update"),
    /// The fastest α and β.
    Fastest: Some("cross on the map of α and β: the fastest"),
    /// The dials of a run.
    OwnDials: Some("a run's own dials; drag it"),
    /// A measured noise ball.
    Ball: Some("noise ball by batch size: the smaller m, the paler"),
    /// The noise ball of a run.
    BallOfRun: Some("the α and m of a run"),
}

/// A set of marks, and whether anything was drawn that is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u128);

const NONE: u128 = 1 << 127;

impl Marks {
    /// Whether this mark is among them.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u128) != 0
    }

    /// Takes a mark in, or that something is none.
    pub fn add(&mut self, mark: Option<Mark>) {
        self.0 |= mark.map_or(NONE, |mark| 1 << mark as u128);
    }

    /// Whether something was drawn that is no mark.
    pub fn has_unnamed(self) -> bool {
        self.0 & NONE != 0
    }

    /// Those that the legend tells of.
    pub fn told(self) -> impl Iterator<Item = (Mark, &'static str)> {
        let told =
            move |&mark: &Mark| mark.says().filter(|_| self.has(mark)).map(|says| (mark, says));
        Mark::ALL.iter().filter_map(told)
    }
}

/// The marks that a function draws, though nothing is drawn.
pub fn marks_of<DB: DrawingBackend>(
    draw: impl FnOnce(&mut Pen<'_, Maybe<DB>>) -> Drawn<Maybe<DB>>,
) -> Marks {
    let mut none = Maybe(None);
    let mut pen = Pen::new(&mut none);
    // Where there is no backend, there are no faults.
    let _ = draw(&mut pen);
    pen.marks()
}

/// A backend; or none, and nothing stays of what is drawn. It is one type for both, so that what
/// draws is compiled once.
pub struct Maybe<DB>(pub Option<DB>);

type Done<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

impl<DB: DrawingBackend> DrawingBackend for Maybe<DB> {
    type ErrorType = DB::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.as_ref().map_or((1, 1), DB::get_size)
    }

    fn ensure_prepared(&mut self) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), DB::ensure_prepared)
    }

    fn present(&mut self) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), DB::present)
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.draw_pixel(at, color))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.draw_rect(from, to, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.draw_path(path, style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.fill_polygon(corners, style))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.draw_text(text, style, at))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<DB::ErrorType>> {
        self.0.as_ref().map_or(Ok((0, 0)), |on| on.estimate_text_size(text, style))
    }

    fn blit_bitmap(&mut self, at: BackendCoord, size: (u32, u32), rgb: &[u8]) -> Done<DB> {
        self.0.as_mut().map_or(Ok(()), |on| on.blit_bitmap(at, size, rgb))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::recorder::{Recorder, shapes};
    use crate::view::{Style, Theme};

    #[test]
    fn every_sample_is_drawn_by_what_draws_its_mark_and_stays_in_its_place() {
        for theme in [&Theme::LIGHT, &Theme::DARK] {
            let style = Style::page(theme);
            for &mark in Mark::ALL.iter().filter(|mark| mark.says().is_some()) {
                let found = marks_of::<Recorder>(|pen| mark.draw(pen, &style));
                assert!(found.has(mark) && !found.has_unnamed(), "{mark:?}");
                let others = Mark::ALL.iter().filter(|other| found.has(**other)).count();
                assert_eq!(others, 1, "{mark:?}");
                assert!(!shapes(|pen| mark.draw(pen, &style)).is_empty(), "{mark:?}");
            }
        }
    }

    #[test]
    fn no_two_marks_are_told_alike_and_there_is_room_for_all() {
        assert!(Mark::ALL.len() < 127);
        let mut said: Vec<_> = Mark::ALL.iter().filter_map(|mark| mark.says()).collect();
        let count = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), count);
    }
}

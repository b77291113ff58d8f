//! What is compiled of a tape: which numbers of it, over which inputs.

use super::graph::{Graph, Id, Op};
use super::kernel::{Kernel, Lanes, Sink, Source, live};
use super::module::{Emission, module};
use super::symbol::Symbol;
use crate::math::formula::jet::{Jet, Jet2};
use crate::math::formula::number::Number;
use crate::math::formula::tape::{MAX_SLOTS, Tape};

/// A tape's number in a graph: f with its first derivatives, or with the second too.
trait Parts<'g>: Number<Real = Symbol<'g>> {
    /// One that does not depend on what derivatives are taken by.
    fn of_value(value: Symbol<'g>) -> Self;
    /// f, f_x, f_y and, where there are any, f_xx, f_xy, f_yy.
    fn parts(self) -> Vec<Symbol<'g>>;
}

impl<'g> Parts<'g> for Jet<Symbol<'g>> {
    fn of_value(value: Symbol<'g>) -> Self {
        Jet { value, gradient: [Symbol::from(0.0); 2] }
    }

    fn parts(self) -> Vec<Symbol<'g>> {
        let Jet { value, gradient: [fx, fy] } = self;
        vec![value, fx, fy]
    }
}

impl<'g> Parts<'g> for Jet2<Symbol<'g>> {
    fn of_value(value: Symbol<'g>) -> Self {
        Jet2::of_value(value)
    }

    fn parts(self) -> Vec<Symbol<'g>> {
        let Jet2 { value, gradient: [fx, fy], hessian: [fxx, fxy, fyy] } = self;
        vec![value, fx, fy, fxx, fxy, fyy]
    }
}

/// What a round of a walk does with θ = (x, y): an update rule on symbols.
pub(crate) trait Walk {
    /// A name that differs as soon as the updates do.
    fn key(&self) -> (&'static str, u64);
    /// What the velocity alone adds to x and to y, if there is one.
    fn coast<'g>(&self, dials: &[Symbol<'g>], memory: &[Symbol<'g>]) -> Vec<Symbol<'g>>;
    /// How many numbers the rule remembers.
    fn memory(&self) -> usize;
    /// How many of these, the last ones, are the same for x and for y.
    fn shared(&self) -> usize;
    /// How many dials it has besides the first, which may differ from update to update.
    fn dials(&self) -> usize;
    /// The next θ from ∇f; what the rule remembers changes too.
    fn update<'g>(
        &self,
        dials: &[Symbol<'g>],
        theta: [Symbol<'g>; 2],
        gradient: [Symbol<'g>; 2],
        memory: &mut [Symbol<'g>],
    ) -> [Symbol<'g>; 2];
}

impl Tape {
    /// The tape on symbols, of which so many variables, at least 2, are inputs 0, 1, … of the graph;
    /// the others are 0.
    fn symbolic<'g, N: Parts<'g>>(&self, graph: &'g Graph, given: usize) -> Vec<Symbol<'g>> {
        let variables = (0..self.variables.max(2)).map(|number| {
            if number < given { Symbol::input(graph, number) } else { Symbol::from(0.0) }
        });
        let mut inputs: Vec<N> = variables.map(N::of_value).collect();
        let theta = [inputs[0].value(), inputs[1].value()];
        inputs[..2].copy_from_slice(&N::variables(theta));
        let slots = &mut [N::constant(0.0); MAX_SLOTS];
        self.run_in(slots, &inputs).parts()
    }

    /// A module that computes at points (x, y): a kernel for f, and one for f, f_x, f_y. Their arrays
    /// are x, y and then what they compute. `helper` is the place of [`call`](super::call) in the
    /// core's table.
    pub fn compile_points(&self, helper: u32) -> Emission {
        let graph = Graph::new();
        at_points(&graph, &self.symbolic::<Jet<Symbol>>(&graph, 2), &[1, 3], helper)
    }

    /// The same, and a third kernel for f, f_x, f_y, f_xx, f_xy, f_yy.
    pub fn compile_hessians(&self, helper: u32) -> Emission {
        let graph = Graph::new();
        at_points(&graph, &self.symbolic::<Jet2<Symbol>>(&graph, 2), &[1, 3, 6], helper)
    }

    /// A module that computes f on grids: first what depends on x alone, from x into as many arrays
    /// as are told; then a row, from these arrays behind that of x into the one behind them. y is the
    /// number handed over.
    pub fn compile_grid(&self, helper: u32) -> (Emission, usize) {
        let graph = Graph::new();
        let value = self.symbolic::<Jet<Symbol>>(&graph, 2)[0];
        let inputs = vec![Source::Stream(0), Source::Uniform(0)];
        let mut row = Kernel::new(&graph, Lanes::Two, inputs.clone(), [(value, Sink::Stream(0))]);
        let shared = of_columns(&row);
        let mut columns = Kernel { inputs, ..Kernel::new(&graph, Lanes::Two, Vec::new(), []) };
        columns.outputs = shared.iter().copied().zip((1..).map(Sink::Stream)).collect();
        for (&id, stream) in shared.iter().zip(1..) {
            row.nodes.take(id, row.inputs.len() as u32);
            row.inputs.push(Source::Stream(stream));
        }
        row.outputs[0].1 = Sink::Stream(1 + shared.len() as u32);
        (module(&[columns, row], helper), shared.len())
    }

    /// A module that sums over examples: f, and f with its gradient by the first two variables, which
    /// are the numbers handed over; the sums are behind them in the end. The arrays are the others.
    pub fn compile_sums(&self, helper: u32) -> Emission {
        let graph = Graph::new();
        let parts = self.symbolic::<Jet<Symbol>>(&graph, self.variables.max(2));
        let kernels = [1, 3].map(|count| {
            let columns = (0..self.variables.saturating_sub(2) as u32).map(Source::Stream);
            let inputs = [Source::Uniform(0), Source::Uniform(1)].into_iter().chain(columns);
            let outputs = parts[..count].iter().copied().zip((2..).map(Sink::Sum));
            Kernel::new(&graph, Lanes::Two, inputs.collect(), outputs)
        });
        module(&kernels, helper)
    }

    /// A module that walks. Kernel 0 makes many updates of one walk: its array 0 holds the first dial
    /// for each, and the following what is noted before it: x, y, f, f_x, f_y and then what
    /// [`Walk::coast`] tells. The numbers handed over are x, y, what the rule remembers, and the other
    /// dials.
    ///
    /// Kernel 1 makes one update of many walks. Its arrays are x, y, the first dial, what is remembered
    /// of each, the other dials, and then what it computes: f, which is no number where f_x or f_y is not
    /// finite, and the next x, y and what is remembered. The numbers handed over are what is remembered
    /// for both x and y, which stays as it is.
    pub(crate) fn compile_walk(&self, walk: &dyn Walk, helper: u32) -> Emission {
        let [memory, dials] = [walk.memory(), walk.dials()];
        let graph = Graph::new();
        let parts = self.symbolic::<Jet<Symbol>>(&graph, 2);
        let gradient = [parts[1], parts[2]];
        let mut inputs = vec![Source::State(0), Source::State(1)];
        let mut input = |source| {
            inputs.push(source);
            Symbol::input(&graph, inputs.len() - 1)
        };
        let theta = [0, 1].map(|axis| Symbol::input(&graph, axis));
        let mut dials_now = vec![input(Source::Stream(0))];
        let remembered: Vec<_> =
            (0..memory).map(|place| input(Source::State(2 + place as u32))).collect();
        dials_now
            .extend((0..dials).map(|place| input(Source::Uniform((2 + memory + place) as u32))));
        let mut next = remembered.clone();
        let theta_next = walk.update(&dials_now, theta, gradient, &mut next);
        let coast = walk.coast(&dials_now, &remembered);
        let own = memory - walk.shared();
        let first = 3 + own + dials;
        let whole = Jet { value: parts[0], gradient }.whole();
        let moved = [whole].into_iter().chain(theta_next).chain(next[..own].iter().copied());
        let moved = moved.zip((first as u32..).map(Sink::Stream));
        let update = Kernel::new(&graph, Lanes::Two, of_many(own, walk.shared(), dials), moved);
        let noted = theta.into_iter().chain(parts).chain(coast);
        let noted = noted.zip((1..).map(Sink::Stream));
        let states = theta_next.into_iter().chain(next).zip((0..).map(Sink::State));
        let walk = Kernel::new(&graph, Lanes::One, inputs, noted.chain(states));
        module(&[walk, update], helper)
    }
}

/// Where an update of many walks has its inputs from: θ, the first dial, so many numbers of its own that
/// a walk remembers and so many that all share, and the other dials.
fn of_many(own: usize, shared: usize, dials: usize) -> Vec<Source> {
    let mut streams = (0..).map(Source::Stream);
    let mut inputs: Vec<Source> = streams.by_ref().take(3 + own).collect();
    inputs.extend((0..shared as u32).map(Source::Uniform));
    inputs.extend(streams.take(dials));
    inputs
}

/// A module of kernels at points, each of which computes so many of these parts.
fn at_points<'g>(
    graph: &'g Graph,
    parts: &[Symbol<'g>],
    kernels: &[usize],
    helper: u32,
) -> Emission {
    let kernel = |&count: &usize| {
        let outputs = parts[..count].iter().copied().zip((2..).map(Sink::Stream));
        Kernel::new(graph, Lanes::Two, vec![Source::Stream(0), Source::Stream(1)], outputs)
    };
    module(&kernels.iter().map(kernel).collect::<Vec<_>>(), helper)
}

/// The nodes of a row that depend on x alone and that others read.
fn of_columns(row: &Kernel) -> Vec<Id> {
    const X: u32 = 1;
    let nodes = &row.nodes;
    let is_live = live(nodes, row.outputs.iter().map(|(id, _)| *id));
    let depends = nodes.dependence();
    let mut is_read: Vec<bool> = vec![false; nodes.nodes.len()];
    for (id, node) in nodes.nodes.iter().enumerate() {
        if is_live[id] && depends[id] & !X != 0 {
            node.operands().iter().for_each(|&of| is_read[of as usize] = true);
            if let Op::Rare(region) = node.op {
                is_read[nodes.regions[region as usize] as usize] = true;
            }
        }
    }
    row.outputs.iter().for_each(|(id, _)| is_read[*id as usize] = true);
    let is_column = |id: &Id| {
        let at = *id as usize;
        is_read[at]
            && depends[at] == X
            && nodes.region_of[at] == 0
            && !matches!(nodes.nodes[at].op, Op::Input(_) | Op::Call(_))
    };
    (0..nodes.nodes.len() as Id).filter(is_column).collect()
}

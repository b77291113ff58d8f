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
        let mut row =
            Kernel::new(&graph, Lanes::Two, inputs.clone(), vec![(value, Sink::Stream(0))]);
        let shared = of_columns(&row);
        let mut columns =
            Kernel { inputs, ..Kernel::new(&graph, Lanes::Two, Vec::new(), Vec::new()) };
        columns.outputs = shared.iter().copied().zip((1..).map(Sink::Stream)).collect();
        for (&id, stream) in shared.iter().zip(1..) {
            row.nodes.take(id, row.inputs.len() as u32);
            row.inputs.push(Source::Stream(stream));
        }
        row.outputs[0].1 = Sink::Stream(1 + shared.len() as u32);
        (module(&[columns, row], helper), shared.len())
    }

    /// A module that sums over examples: f, and f with its gradient by the first two variables, which
    /// are the numbers handed over; the sums are behind them in the end. The arrays are the others. Where the
    /// core is not called, two kernels more do so for two places at once: of all numbers there are pairs. Tells
    /// how many kernels it has.
    pub fn compile_sums(&self, helper: u32) -> (Emission, usize) {
        let graph = Graph::new();
        let parts = self.symbolic::<Jet<Symbol>>(&graph, self.variables.max(2));
        let kernel = |lanes: Lanes, count: usize| {
            let columns = (0..self.variables.saturating_sub(2) as u32).map(Source::Stream);
            let inputs = [Source::Uniform(0), Source::Uniform(1)].into_iter().chain(columns);
            let outputs = sinks(&parts[..count], Sink::Sum, 2);
            Kernel::new(&graph, lanes, inputs.collect(), outputs)
        };
        let mut kernels = vec![kernel(Lanes::Two, 1), kernel(Lanes::Two, 3)];
        if !kernels[1].has_calls() {
            kernels.extend([kernel(Lanes::Pairs, 1), kernel(Lanes::Pairs, 3)]);
        }
        (module(&kernels, helper), kernels.len())
    }

    /// A module that walks. Kernel 0 makes many updates of one walk: its array 0 holds the first dial
    /// for each, and the following what is noted before it: x, y, f, f_x, f_y and then what
    /// [`Walk::coast`] tells. The numbers handed over are x, y, what the rule remembers, and the other
    /// dials.
    ///
    /// Kernel 1 makes one update of many walks. Its arrays are x, y and what is remembered for x and for
    /// y, number by number, the dials, and then what it computes: f, which is no number where f_x or f_y
    /// is not finite, and the next x, y and what is remembered. The numbers handed over are what is
    /// remembered for both, which stays as it is.
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
        let mut moved = vec![Jet { value: parts[0], gradient }.whole()];
        moved.extend_from_slice(&theta_next);
        moved.extend((0..own).map(|place| next[of_axes(place, own)]));
        let moved = sinks(&moved, Sink::Stream, 3 + own + dials);
        let many = of_many(own, walk.shared(), dials);
        let update = Kernel::new(&graph, Lanes::Two, many, moved);
        let mut noted = theta.to_vec();
        noted.extend_from_slice(&parts);
        noted.extend_from_slice(&coast);
        let mut outputs = sinks(&noted, Sink::Stream, 1);
        outputs.extend(sinks(&theta_next, Sink::State, 0));
        outputs.extend(sinks(&next, Sink::State, 2));
        let walk = Kernel::new(&graph, Lanes::One, inputs, outputs);
        module(&[walk, update], helper)
    }
}

/// Where these symbols go: to places one after the other.
fn sinks<'g>(symbols: &[Symbol<'g>], to: fn(u32) -> Sink, first: usize) -> Vec<(Symbol<'g>, Sink)> {
    (symbols.iter().zip(first..)).map(|(&symbol, place)| (symbol, to(place as u32))).collect()
}

/// Where an update of many walks has its inputs from: θ, the first dial, so many numbers of its own that
/// a walk remembers and so many that all share, and the other dials.
fn of_many(own: usize, shared: usize, dials: usize) -> Vec<Source> {
    let stream = |at: usize| Source::Stream(at as u32);
    let mut inputs = vec![stream(0), stream(1), stream(2 + own)];
    let place = |number: usize| (0..own).position(|place| of_axes(place, own) == number);
    inputs.extend((0..own).filter_map(place).map(|place| stream(2 + place)));
    inputs.extend((0..shared as u32).map(Source::Uniform));
    inputs.extend((0..dials).map(|dial| stream(3 + own + dial)));
    inputs
}

/// Of so many numbers that are remembered, first those for x and then those for y, that at a place where
/// those of a kind are neighbours.
fn of_axes(place: usize, own: usize) -> usize {
    place % 2 * (own / 2) + place / 2
}

/// A module of kernels at points, each of which computes so many of these parts.
fn at_points<'g>(
    graph: &'g Graph,
    parts: &[Symbol<'g>],
    kernels: &[usize],
    helper: u32,
) -> Emission {
    let kernel = |&count: &usize| {
        let inputs = vec![Source::Stream(0), Source::Stream(1)];
        Kernel::new(graph, Lanes::Two, inputs, sinks(&parts[..count], Sink::Stream, 2))
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

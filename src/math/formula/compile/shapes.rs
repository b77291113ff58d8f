//! What is compiled of a tape: which numbers of it, over which inputs.

use super::graph::{Graph, Id, Op};
use super::kernel::{Kernel, Lanes, Sink, Source, live};
use super::module::{Emission, module};
use super::symbol::Symbol;
use crate::math::formula::jet::Jet2;
use crate::math::formula::number::Number;
use crate::math::formula::tape::{MAX_SLOTS, Tape};

/// What is computed at points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    /// f: x, y → f.
    Value,
    /// f and ∇f: x, y → f, f_x, f_y.
    Gradient,
    /// f, ∇f and ∇²f: x, y → f, f_x, f_y, f_xx, f_xy, f_yy.
    Hessian,
}

impl Points {
    /// All of them.
    pub const ALL: [Points; 3] = [Points::Value, Points::Gradient, Points::Hessian];

    fn parts(self) -> usize {
        match self {
            Points::Value => 1,
            Points::Gradient => 3,
            Points::Hessian => 6,
        }
    }

    fn kernel<'g>(self, graph: &'g Graph, parts: &[Symbol<'g>; 6]) -> Kernel {
        let outputs = (2..).map(Sink::Stream);
        let outputs = parts[..self.parts()].iter().copied().zip(outputs);
        Kernel::new(graph, Lanes::Two, vec![Source::Stream(0), Source::Stream(1)], outputs)
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
    fn symbolic<'g>(&self, graph: &'g Graph, given: usize) -> [Symbol<'g>; 6] {
        let variables = (0..self.variables.max(2)).map(|number| {
            if number < given { Symbol::input(graph, number) } else { Symbol::from(0.0) }
        });
        let mut inputs: Vec<_> = variables.map(Jet2::of_value).collect();
        let theta = [inputs[0].value, inputs[1].value];
        inputs[..2].copy_from_slice(&Jet2::variables(theta));
        let slots = &mut [Jet2::constant(0.0); MAX_SLOTS];
        let Jet2 { value, gradient: [fx, fy], hessian: [fxx, fxy, fyy] } =
            self.run_in(slots, &inputs);
        [value, fx, fy, fxx, fxy, fyy]
    }

    /// A module that computes these at points (x, y), for each a kernel: its arrays are x, y and then
    /// what it computes. `helper` is the place of [`call`](super::call) in the core's table.
    pub fn compile_points(&self, what: &[Points], helper: u32) -> Emission {
        let graph = Graph::new();
        let parts = self.symbolic(&graph, 2);
        let kernels: Vec<_> = what.iter().map(|points| points.kernel(&graph, &parts)).collect();
        module(&kernels, helper)
    }

    /// A module that computes f on grids: first what depends on x alone, from x into as many arrays
    /// as are told; then a row, from these arrays behind that of x into the one behind them. y is the
    /// number handed over.
    pub fn compile_grid(&self, helper: u32) -> (Emission, usize) {
        let graph = Graph::new();
        let value = self.symbolic(&graph, 2)[0];
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
        let parts = self.symbolic(&graph, self.variables.max(2));
        let kernels = [1, 3].map(|count| {
            let columns = (0..self.variables.saturating_sub(2) as u32).map(Source::Stream);
            let inputs = [Source::Uniform(0), Source::Uniform(1)].into_iter().chain(columns);
            let outputs = parts[..count].iter().copied().zip((2..).map(Sink::Sum));
            Kernel::new(&graph, Lanes::Two, inputs.collect(), outputs)
        });
        module(&kernels, helper)
    }

    /// A module that walks: a kernel whose array 0 holds the first dial for each update, and the
    /// following what is noted before it: x, y, f, f_x, f_y and then what [`Walk::coast`] tells. The
    /// numbers handed over are x, y, what the rule remembers, and the other dials.
    pub(crate) fn compile_walk(&self, walk: &dyn Walk, helper: u32) -> Emission {
        let [memory, dials] = [walk.memory(), walk.dials()];
        let graph = Graph::new();
        let [value, fx, fy, ..] = self.symbolic(&graph, 2);
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
        let theta_next = walk.update(&dials_now, theta, [fx, fy], &mut next);
        let coast = walk.coast(&dials_now, &remembered);
        let noted = theta.into_iter().chain([value, fx, fy]).chain(coast);
        let noted = noted.zip((1..).map(Sink::Stream));
        let states = theta_next.into_iter().chain(next).zip((0..).map(Sink::State));
        let kernel = Kernel::new(&graph, Lanes::One, inputs.clone(), noted.chain(states));
        module(&[kernel], helper)
    }
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

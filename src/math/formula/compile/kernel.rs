//! A kernel: a loop over points whose body is a graph, and when each node of it is computed.
//!
//! ```text
//! before the loop   what depends on uniform inputs only
//! in the loop       the rest; where the core is called, in blocks of points and stages:
//!
//!     stage 0   what needs no call      \
//!     the calls that have their operands  | for a block of 32 points
//!     stage 1   what needs those calls   |
//!     …                                 /
//! ```

use super::core::takes_two;
use super::graph::{Graph, Id, Inner, Node, Op};
use super::symbol::Symbol;

/// Points in a block of a loop that calls the core.
pub(super) const BLOCK: u32 = 32;

/// Where an input of a kernel is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// One of the numbers handed over, the same for all points.
    Uniform(u32),
    /// An array with a number for each point.
    Stream(u32),
    /// One of the numbers handed over at first, then what the round before made of it.
    State(u32),
}

/// Where an output of a kernel goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sink {
    /// An array with a number for each point.
    Stream(u32),
    /// The sum over all points, in their order; one of the numbers handed over is it in the end.
    Sum(u32),
    /// The same number's next state.
    State(u32),
}

/// How many points a round of the loop takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lanes {
    /// One after the other, each from the state that the one before left.
    One,
    /// Two at once. The number of points is even.
    Two,
    /// One after the other, each for two of what is the same for all of them: the numbers handed over and the
    /// sums are pairs. There are no states and no calls.
    Pairs,
}

/// See the top of this file.
pub(super) struct Kernel {
    pub nodes: Inner,
    /// Of the graph's inputs, in their order.
    pub inputs: Vec<Source>,
    pub outputs: Vec<(Id, Sink)>,
    pub lanes: Lanes,
}

impl Kernel {
    /// A kernel that computes these of a graph.
    pub fn new<'g>(
        graph: &'g Graph,
        lanes: Lanes,
        inputs: Vec<Source>,
        outputs: Vec<(Symbol<'g>, Sink)>,
    ) -> Self {
        let outputs = outputs.into_iter().map(|(symbol, sink)| (symbol.id(graph), sink)).collect();
        Self { nodes: graph.nodes(), inputs, outputs, lanes }
    }

    /// Whether any of its outputs needs the core.
    pub fn has_calls(&self) -> bool {
        let is_live = live(&self.nodes, self.outputs.iter().map(|(id, _)| *id));
        let is_call = |node: &Node| matches!(node.op, Op::Call(_));
        self.nodes.nodes.iter().zip(is_live).any(|(node, is_live)| is_live && is_call(node))
    }

    /// How many arrays it reads and writes.
    pub fn streams(&self) -> u32 {
        let read = self.inputs.iter().map(|source| match source {
            Source::Stream(at) => at + 1,
            Source::Uniform(_) | Source::State(_) => 0,
        });
        let written = self.outputs.iter().map(|(_, sink)| match sink {
            Sink::Stream(at) => at + 1,
            Sink::Sum(_) | Sink::State(_) => 0,
        });
        read.chain(written).max().unwrap_or(0)
    }
}

/// When a node is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Once, before the loop.
    #[default]
    Before,
    /// In a stage of the loop.
    Stage(u32),
}

/// What of a graph is wanted, and when.
pub(super) struct Plan {
    pub is_live: Vec<bool>,
    pub phase: Vec<Phase>,
    /// The live nodes of each region, in their order.
    pub nodes_of: Vec<Vec<Id>>,
    /// The live nodes that choose between a region and the usual.
    pub rare_of: Vec<Vec<Id>>,
    /// How many stages the loop has.
    pub stages: u32,
    /// The last stage in which a node is read; what a call reads is read behind its stage.
    pub read_until: Vec<Phase>,
}

impl Plan {
    pub fn new(kernel: &Kernel) -> Self {
        let inner = &kernel.nodes;
        let is_live = live(inner, kernel.outputs.iter().map(|(id, _)| *id));
        let [mut nodes_of, mut rare_of] = [(); 2].map(|()| vec![Vec::new(); inner.regions.len()]);
        for id in (0..inner.nodes.len() as Id).filter(|&id| is_live[id as usize]) {
            nodes_of[inner.region_of[id as usize] as usize].push(id);
            if let Op::Rare(region) = inner.nodes[id as usize].op {
                rare_of[region as usize].push(id);
            }
        }
        let mut plan = Self {
            phase: vec![Phase::Before; is_live.len()],
            read_until: vec![Phase::Before; is_live.len()],
            is_live,
            nodes_of,
            rare_of,
            stages: 1,
        };
        plan.put_into_phases(kernel, inner);
        plan.note_reads(kernel, inner);
        plan
    }

    /// Whether the loop calls the core.
    pub fn has_stages(&self) -> bool {
        self.stages > 1
    }

    fn put_into_phases(&mut self, kernel: &Kernel, inner: &Inner) {
        // The latest of what stands in a region: it is computed as a whole.
        let mut of_region = vec![Phase::Before; inner.regions.len()];
        for (id, node) in inner.nodes.iter().enumerate().filter(|(id, _)| self.is_live[*id]) {
            let of = |id: &Id| self.phase[*id as usize];
            let operands = node.operands().iter().map(of).max().unwrap_or_default();
            let phase = match node.op {
                Op::Input(at) => match kernel.inputs[at as usize] {
                    Source::Uniform(_) => Phase::Before,
                    Source::Stream(_) | Source::State(_) => Phase::Stage(0),
                },
                Op::Part(_) if kernel.lanes == Lanes::Two => match operands {
                    Phase::Stage(stage) => Phase::Stage(stage + 1),
                    Phase::Before => Phase::Before,
                },
                Op::Rare(region) => {
                    let all = &self.rare_of[region as usize];
                    let usual = |id: &Id| of(&inner.nodes[*id as usize].operands()[1]);
                    let usual = all.iter().map(usual).max().unwrap_or_default();
                    let condition = of(&inner.regions[region as usize]);
                    usual.max(condition).max(of_region[region as usize])
                }
                _ => operands,
            };
            self.phase[id] = phase;
            let region = inner.region_of[id] as usize;
            of_region[region] = of_region[region].max(phase);
            if let Phase::Stage(stage) = phase {
                self.stages = self.stages.max(stage + 1);
            }
        }
        // A region is computed as a whole, and those inside with it.
        for region in 1..inner.regions.len() {
            let Some(&rare) = self.rare_of[region].first() else { continue };
            let phase = self.phase[rare as usize];
            let inside = self.rare_of[region].iter().chain(&self.nodes_of[region]);
            inside.for_each(|&id| self.phase[id as usize] = phase);
        }
    }

    fn note_reads(&mut self, kernel: &Kernel, inner: &Inner) {
        let last = Phase::Stage(self.stages - 1);
        for (id, node) in inner.nodes.iter().enumerate().filter(|(id, _)| self.is_live[*id]) {
            let mut at = self.phase[id];
            if let (Op::Call(_), Phase::Stage(stage)) = (node.op, at) {
                at = Phase::Stage(stage + 1);
            }
            let condition = match node.op {
                Op::Rare(region) => Some(inner.regions[region as usize]),
                _ => None,
            };
            for &of in node.operands().iter().chain(&condition) {
                self.read_until[of as usize] = self.read_until[of as usize].max(at);
            }
        }
        for (id, _) in &kernel.outputs {
            self.read_until[*id as usize] = last;
        }
    }
}

/// The nodes that the outputs need.
pub(super) fn live(inner: &Inner, outputs: impl Iterator<Item = Id>) -> Vec<bool> {
    let mut is_live = vec![false; inner.nodes.len()];
    outputs.for_each(|id| is_live[id as usize] = true);
    for id in (0..inner.nodes.len()).rev() {
        if !is_live[id] {
            continue;
        }
        let node = &inner.nodes[id];
        let operands = match node.op {
            Op::Call(number) if !takes_two(number) => &node.operands()[..1],
            _ => node.operands(),
        };
        operands.iter().for_each(|&of| is_live[of as usize] = true);
        if let Op::Rare(region) = node.op {
            is_live[inner.regions[region as usize] as usize] = true;
        }
    }
    is_live
}

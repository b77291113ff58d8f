//! A kernel as the body of a wasm function. Each register holds two points.
//!
//! ```text
//! kernel(n, streams, numbers, scratch)
//! ```
//!
//! `streams` points to the addresses of the arrays, `numbers` to the uniform numbers and the states,
//! where sums and last states are left; `scratch` is memory that nobody else uses meanwhile, of
//! [`Emitted::scratch`] bytes. n is 1 or more, and even where two points are taken at once. No
//! instruction can trap as long as these are what they should be.

use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, MemArgTarget, ValType};

use super::graph::{Id, Inner, Op};
use super::kernel::{BLOCK, Kernel, Lanes, Phase, Plan, Sink, Source};

/// Bytes of a number, of two, and of a block of them.
pub(super) const NUMBER: i32 = 8;
pub(super) const PAIR: i32 = 16;
pub(super) const BLOCK_BYTES: i32 = BLOCK as i32 * NUMBER;

/// The function's parameters.
const N: u32 = 0;
const STREAMS: u32 = 1;
pub(super) const NUMBERS: u32 = 2;
pub(super) const SCRATCH: u32 = 3;
const PARAMETERS: u32 = 4;

/// Registers for bytes from the start of an array: where the block begins, where the round is, where
/// the block ends and where all ends; and for the address of the round in the first block of scratch
/// memory. Behind them stands the address of each stream.
pub(super) const BLOCK_AT: u32 = PARAMETERS;
pub(super) const AT: u32 = PARAMETERS + 1;
pub(super) const BLOCK_END: u32 = PARAMETERS + 2;
const END: u32 = PARAMETERS + 3;
pub(super) const SCRATCH_AT: u32 = PARAMETERS + 4;
pub(super) const FIRST_STREAM: u32 = PARAMETERS + 5;

/// The body of a kernel.
pub(super) struct Emitted {
    pub function: Function,
    /// How many bytes of memory it needs meanwhile.
    pub scratch: u32,
}

/// A kernel's body; `helper` is the place of the core's function in the table.
pub(super) fn emit(kernel: &Kernel, helper: u32) -> Emitted {
    let mut body = Vec::new();
    let mut emitter = Emitter::new(kernel, helper, &mut body);
    emitter.kernel();
    let Emitter { addresses, totals, most_pairs, slots, .. } = emitter;
    let total = if kernel.lanes == Lanes::Pairs { ValType::V128 } else { ValType::F64 };
    let locals = [(addresses, ValType::I32), (totals, total), (most_pairs, ValType::V128)];
    let mut function = Function::new(locals);
    function.raw(body);
    Emitted { function, scratch: slots * BLOCK_BYTES as u32 }
}

/// A place in memory, so many bytes behind an address.
pub(super) fn at(offset: i32, align: u32) -> MemArg {
    let (target, ordering) = (MemArgTarget::default(), None);
    MemArg { offset: offset as u64, align, target, ordering }
}

/// See `body.rs` for what computes nodes.
pub(super) struct Emitter<'a> {
    pub kernel: &'a Kernel,
    pub inner: &'a Inner,
    pub plan: Plan,
    pub helper: u32,
    pub sink: InstructionSink<'a>,
    /// The register of each node that is in one.
    pub register_of: Vec<Option<u32>>,
    /// The block of memory of each node that has one; of a call, the first of its parts'.
    pub slot_of: Vec<Option<u32>>,
    /// How many registers there are of each type, and how many blocks of memory.
    addresses: u32,
    totals: u32,
    most_pairs: u32,
    /// How many of those for two points are in use now, and how many before the loop.
    pub pairs: u32,
    pub pairs_before: u32,
    pub slots: u32,
    /// The registers of states, by their places; they are the first numbers handed over.
    states: Vec<u32>,
}

impl<'a> Emitter<'a> {
    fn new(kernel: &'a Kernel, helper: u32, body: &'a mut Vec<u8>) -> Self {
        let is_sum = |(_, sink): &&(Id, Sink)| matches!(sink, Sink::Sum(_));
        Self {
            kernel,
            inner: &kernel.nodes,
            plan: Plan::new(kernel),
            helper,
            sink: InstructionSink::new(body),
            register_of: vec![None; kernel.nodes.nodes.len()],
            slot_of: vec![None; kernel.nodes.nodes.len()],
            addresses: FIRST_STREAM - PARAMETERS + kernel.streams(),
            totals: kernel.outputs.iter().filter(is_sum).count() as u32,
            most_pairs: 0,
            pairs: 0,
            pairs_before: 0,
            slots: 0,
            states: Vec::new(),
        }
    }

    fn kernel(&mut self) {
        self.before();
        if self.plan.has_stages() {
            self.blocks();
        } else {
            self.rounds(0);
        }
        self.after();
        self.sink.end();
    }

    /// A register for two points.
    pub fn pair(&mut self) -> u32 {
        self.pairs += 1;
        self.most_pairs = self.most_pairs.max(self.pairs);
        PARAMETERS + self.addresses + self.totals + self.pairs - 1
    }

    fn total(&self, number: usize) -> u32 {
        PARAMETERS + self.addresses + number as u32
    }

    /// Addresses, and what is the same for all points.
    fn before(&mut self) {
        for stream in 0..self.kernel.streams() {
            let address = at(4 * stream as i32, 2);
            self.sink.local_get(STREAMS).i32_load(address).local_set(FIRST_STREAM + stream);
        }
        self.sink.local_get(N).i32_const(NUMBER).i32_mul().local_set(END);
        for (input, &source) in self.kernel.inputs.iter().enumerate() {
            let Source::State(place) = source else { continue };
            let register = self.pair();
            self.sink.local_get(NUMBERS).v128_load64_splat(at(NUMBER * place as i32, 3));
            self.sink.local_set(register);
            self.states.push(register);
            let is_it = |node: &super::graph::Node| node.op == Op::Input(input as u32);
            if let Some(id) = self.inner.nodes.iter().position(is_it) {
                self.register_of[id] = Some(register);
            }
        }
        self.nodes(Phase::Before);
        self.spread();
        self.pairs_before = self.pairs;
    }

    /// Rounds of a stage over the points up to the end of the block, or of all.
    fn rounds(&mut self, stage: u32) {
        let (end, step) = match self.kernel.lanes {
            Lanes::Two if self.plan.has_stages() => (BLOCK_END, PAIR),
            Lanes::Two => (END, PAIR),
            Lanes::One | Lanes::Pairs => (END, NUMBER),
        };
        self.sink.loop_(BlockType::Empty);
        self.nodes(Phase::Stage(stage));
        if stage + 1 == self.plan.stages {
            self.outputs();
        }
        if self.plan.has_stages() {
            self.sink.local_get(SCRATCH_AT).i32_const(step).i32_add().local_set(SCRATCH_AT);
        }
        self.sink.local_get(AT).i32_const(step).i32_add().local_tee(AT);
        self.sink.local_get(end).i32_lt_u().br_if(0).end();
    }

    /// Blocks of points, each stage after stage.
    fn blocks(&mut self) {
        self.sink.loop_(BlockType::Empty);
        // The end of the block: at most that of all.
        self.sink.local_get(BLOCK_AT).i32_const(BLOCK_BYTES).i32_add().local_tee(BLOCK_END);
        self.sink.local_get(END);
        self.sink.local_get(BLOCK_END).local_get(END).i32_lt_u().select().local_set(BLOCK_END);
        for stage in 0..self.plan.stages {
            self.sink.local_get(BLOCK_AT).local_set(AT);
            self.sink.local_get(SCRATCH).local_set(SCRATCH_AT);
            self.rounds(stage);
            self.calls(stage);
        }
        self.sink.local_get(BLOCK_END).local_tee(BLOCK_AT);
        self.sink.local_get(END).i32_lt_u().br_if(0).end();
    }

    /// What a round gives.
    fn outputs(&mut self) {
        let mut totals = 0;
        for &(id, sink) in &self.kernel.outputs {
            match sink {
                Sink::Stream(stream) => {
                    self.sink.local_get(FIRST_STREAM + stream).local_get(AT).i32_add();
                    self.get(id);
                    match self.kernel.lanes {
                        Lanes::Two | Lanes::Pairs => self.sink.v128_store(at(0, 3)),
                        Lanes::One => self.sink.v128_store64_lane(at(0, 3), 0),
                    };
                }
                Sink::Sum(_) => {
                    let total = self.total(totals);
                    totals += 1;
                    if self.kernel.lanes == Lanes::Pairs {
                        self.sink.local_get(total);
                        self.get(id);
                        self.sink.f64x2_add().local_set(total);
                        continue;
                    }
                    for lane in 0..2 {
                        self.sink.local_get(total);
                        self.get(id);
                        self.sink.f64x2_extract_lane(lane).f64_add().local_set(total);
                    }
                }
                // All of them change at once, below.
                Sink::State(_) => self.get(id),
            }
        }
        for (_, sink) in self.kernel.outputs.iter().rev() {
            if let Sink::State(place) = sink {
                self.sink.local_set(self.states[*place as usize]);
            }
        }
    }

    /// Sums and states, where they are expected.
    fn after(&mut self) {
        let mut totals = 0;
        for (_, sink) in &self.kernel.outputs {
            match *sink {
                Sink::Stream(_) => {}
                Sink::Sum(place) => {
                    let total = self.total(totals);
                    totals += 1;
                    self.sink.local_get(NUMBERS).local_get(total);
                    match self.kernel.lanes {
                        Lanes::Pairs => self.sink.v128_store(at(PAIR * place as i32, 3)),
                        Lanes::One | Lanes::Two => {
                            self.sink.f64_store(at(NUMBER * place as i32, 3))
                        }
                    };
                }
                Sink::State(place) => {
                    self.sink.local_get(NUMBERS).local_get(self.states[place as usize]);
                    self.sink.v128_store64_lane(at(NUMBER * place as i32, 3), 0);
                }
            }
        }
    }
}

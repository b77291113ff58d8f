//! The nodes of a kernel as instructions, and what is kept of them from stage to stage.

use super::core::takes_two;
use super::emit::{
    AT, BLOCK_AT, BLOCK_BYTES, BLOCK_END, Emitter, FIRST_STREAM, NUMBER, NUMBERS, PAIR, SCRATCH,
    SCRATCH_AT, at,
};
use super::graph::{Id, Op};
use super::kernel::{BLOCK, Lanes, Phase, Source};
use super::module::CALL_TYPE;
use wasm_encoder::{BlockType, MemArg};

/// Where a node's numbers of a block lie.
enum Home {
    Stream(u32),
    Slot(u32),
}

impl Emitter<'_> {
    fn op(&self, id: Id) -> Op {
        self.inner.nodes[id as usize].op
    }

    fn operands(&self, id: Id) -> [Id; 3] {
        let mut all = [0; 3];
        let operands = self.inner.nodes[id as usize].operands();
        all[..operands.len()].copy_from_slice(operands);
        all
    }

    fn phase(&self, id: Id) -> Phase {
        self.plan.phase[id as usize]
    }

    /// All nodes of a phase that stand in no region, in their order.
    pub fn nodes(&mut self, phase: Phase) {
        if phase != Phase::Before {
            // What other stages had in registers is there no more.
            self.pairs = self.pairs_before;
            self.load_for(phase);
        }
        let mut last_region = 0;
        for id in self.plan.nodes_of[0].clone() {
            if self.phase(id) != phase || self.register_of[id as usize].is_some() {
                continue;
            }
            match self.op(id) {
                Op::Rare(region) if region == last_region => {}
                Op::Rare(region) => {
                    last_region = region;
                    self.region(region);
                }
                _ => self.node(id),
            }
        }
        if self.plan.has_stages() && phase != Phase::Before {
            self.keep(phase);
        }
    }

    /// The register of a node, which is computed before it is read.
    fn register(&self, id: Id) -> u32 {
        let register = self.register_of[id as usize];
        debug_assert!(register.is_some(), "node {id} is read before it is computed");
        register.unwrap_or_default()
    }

    /// Puts a node's number onto the stack.
    pub fn get(&mut self, id: Id) {
        let register = self.register(id);
        self.sink.local_get(register);
    }

    /// Takes it from there into a register of its own.
    fn set(&mut self, id: Id) {
        let register = self.pair();
        self.register_of[id as usize] = Some(register);
        self.sink.local_set(register);
    }

    /// A region, where it is wanted, and the nodes that choose between it and the usual.
    fn region(&mut self, region: u32) {
        let chosen = self.plan.rare_of[region as usize].clone();
        let condition = self.inner.regions[region as usize];
        for &id in &chosen {
            self.get(self.operands(id)[1]);
            self.set(id);
        }
        let outside = self.pairs;
        self.get(condition);
        self.sink.v128_any_true().if_(BlockType::Empty);
        let mut last_region = 0;
        for id in self.plan.nodes_of[region as usize].clone() {
            match self.op(id) {
                Op::Rare(inside) if inside == last_region => {}
                Op::Rare(inside) => {
                    last_region = inside;
                    self.region(inside);
                }
                _ => self.node(id),
            }
        }
        for id in chosen {
            let [rare, usual, _] = self.operands(id);
            [rare, usual, condition].into_iter().for_each(|id| self.get(id));
            let register = self.register(id);
            self.sink.v128_bitselect().local_set(register);
        }
        self.sink.end();
        self.pairs = outside;
    }

    /// One node.
    fn node(&mut self, id: Id) {
        let operands = self.operands(id);
        match self.op(id) {
            Op::Call(number) => return self.call_at_once(id, number),
            Op::Part(part) => {
                if self.is_in_memory(id) {
                    return;
                }
                let slot = self.out_slots(operands[0]) as i32;
                self.sink.local_get(SCRATCH);
                self.sink.v128_load64_splat(at(slot * BLOCK_BYTES + NUMBER * part as i32, 3));
            }
            Op::Input(input) => match self.kernel.inputs[input as usize] {
                Source::Uniform(place) => {
                    self.sink.local_get(NUMBERS);
                    match self.kernel.lanes {
                        Lanes::Pairs => self.sink.v128_load(at(PAIR * place as i32, 3)),
                        Lanes::One | Lanes::Two => {
                            self.sink.v128_load64_splat(at(NUMBER * place as i32, 3))
                        }
                    };
                }
                Source::Stream(_) | Source::State(_) => return,
            },
            Op::Constant(bits) => {
                self.sink.f64_const(f64::from_bits(bits).into()).f64x2_splat();
            }
            Op::Select => return self.select(id, operands),
            op => {
                let count = self.inner.nodes[id as usize].operands().len();
                operands[..count].iter().for_each(|&operand| self.get(operand));
                self.operate(op);
            }
        }
        self.set(id);
    }

    fn operate(&mut self, op: Op) {
        match op {
            Op::Negate => self.sink.f64x2_neg(),
            Op::Abs => self.sink.f64x2_abs(),
            Op::Sqrt => self.sink.f64x2_sqrt(),
            Op::Floor => self.sink.f64x2_floor(),
            Op::Ceil => self.sink.f64x2_ceil(),
            // The bits of the exponent, as the last ones of 2⁵² + e.
            Op::Exponent => {
                self.sink.f64x2_abs().i32_const(52).i64x2_shr_u();
                self.sink.i64_const(0x433 << 52).i64x2_splat().v128_or();
                let bias = (1_u64 << 52) as f64 + 1023.0;
                self.sink.f64_const(bias.into()).f64x2_splat().f64x2_sub()
            }
            Op::Add => self.sink.f64x2_add(),
            Op::Subtract => self.sink.f64x2_sub(),
            Op::Multiply => self.sink.f64x2_mul(),
            Op::Divide => self.sink.f64x2_div(),
            Op::Equal => self.sink.f64x2_eq(),
            Op::Below => self.sink.f64x2_lt(),
            Op::AtMost => self.sink.f64x2_le(),
            Op::Not => self.sink.v128_not(),
            Op::And => self.sink.v128_and(),
            Op::Or => self.sink.v128_or(),
            // What is no operation on registers is not asked for here.
            Op::Input(_)
            | Op::Constant(_)
            | Op::Select
            | Op::Call(_)
            | Op::Part(_)
            | Op::Rare(_) => &mut self.sink,
        };
    }

    fn select(&mut self, id: Id, [condition, then, otherwise]: [Id; 3]) {
        match self.op(then) {
            // No bits where it is so, or all, which are no number.
            Op::Constant(0) => {
                [otherwise, condition].into_iter().for_each(|id| self.get(id));
                self.sink.v128_andnot();
            }
            Op::Constant(bits) if f64::from_bits(bits).is_nan() => {
                [otherwise, condition].into_iter().for_each(|id| self.get(id));
                self.sink.v128_or();
            }
            _ => {
                [then, otherwise, condition].into_iter().for_each(|id| self.get(id));
                self.sink.v128_bitselect();
            }
        }
        self.set(id);
    }

    /// Whether a node of the loop is loaded from memory wherever it is read.
    fn is_in_memory(&self, id: Id) -> bool {
        match self.op(id) {
            Op::Input(input) => matches!(self.kernel.inputs[input as usize], Source::Stream(_)),
            Op::Part(_) => self.plan.has_stages() && self.phase(id) != Phase::Before,
            _ => false,
        }
    }

    /// Loads what a stage reads of earlier stages.
    fn load_for(&mut self, phase: Phase) {
        let (inner, plan) = (self.inner, &self.plan);
        for (id, register) in self.register_of.iter_mut().enumerate() {
            let is_state = match inner.nodes[id].op {
                Op::Input(at) => matches!(self.kernel.inputs[at as usize], Source::State(_)),
                _ => false,
            };
            if plan.phase[id] != Phase::Before && !is_state {
                *register = None;
            }
        }
        let mut read = Vec::new();
        for (id, node) in inner.nodes.iter().enumerate() {
            let is_call = matches!(node.op, Op::Call(_)) && plan.has_stages();
            if plan.is_live[id] && plan.phase[id] == phase && !is_call {
                read.extend_from_slice(node.operands());
                if let Op::Rare(region) = node.op {
                    read.push(inner.regions[region as usize]);
                }
            }
        }
        if phase == Phase::Stage(plan.stages - 1) {
            read.extend(self.kernel.outputs.iter().map(|(id, _)| *id));
        }
        read.sort_unstable();
        read.dedup();
        for id in read {
            let is_of_stage = self.phase(id) == phase && !self.is_in_memory(id);
            let is_call = matches!(self.op(id), Op::Call(_));
            if is_of_stage || is_call || self.register_of[id as usize].is_some() {
                continue;
            }
            let place = self.address(id);
            match self.kernel.lanes {
                Lanes::Two => self.sink.v128_load(place),
                Lanes::One | Lanes::Pairs => self.sink.v128_load64_splat(place),
            };
            self.set(id);
        }
    }

    /// Stores what later stages and calls read of a stage.
    fn keep(&mut self, phase: Phase) {
        for id in self.plan.nodes_of[0].clone() {
            let is_kept = self.phase(id) == phase && self.plan.read_until[id as usize] > phase;
            if is_kept && !self.is_in_memory(id) && !matches!(self.op(id), Op::Call(_)) {
                let place = self.address(id);
                self.get(id);
                self.sink.v128_store(place);
            }
        }
    }

    /// Fills a block with each uniform number that calls in the loop read.
    pub fn spread(&mut self) {
        if !self.plan.has_stages() {
            return;
        }
        for id in self.plan.nodes_of[0].clone() {
            if !matches!(self.op(id), Op::Call(_)) || self.phase(id) == Phase::Before {
                continue;
            }
            for of in &self.operands(id)[..2] {
                if self.phase(*of) != Phase::Before || self.slot_of[*of as usize].is_some() {
                    continue;
                }
                let slot = self.slot(*of, 1) as i32;
                for pair in 0..BLOCK_BYTES / PAIR {
                    self.sink.local_get(SCRATCH);
                    self.get(*of);
                    self.sink.v128_store(at(slot * BLOCK_BYTES + pair * PAIR, 3));
                }
            }
        }
    }

    /// The first of so many blocks of memory for a node.
    fn slot(&mut self, id: Id, count: u32) -> u32 {
        let next = self.slots;
        let slot = *self.slot_of[id as usize].get_or_insert(next);
        self.slots = next.max(slot + count);
        slot
    }

    /// Blocks for what a call gives.
    fn out_slots(&mut self, call: Id) -> u32 {
        self.slot(call, 3)
    }

    fn home(&mut self, id: Id) -> Home {
        match (self.op(id), self.operands(id)[0]) {
            (Op::Input(input), _) => match self.kernel.inputs[input as usize] {
                Source::Stream(stream) => Home::Stream(stream),
                Source::Uniform(_) | Source::State(_) => Home::Slot(self.slot(id, 1)),
            },
            (Op::Part(part), call) if self.phase(id) != Phase::Before => {
                Home::Slot(self.out_slots(call) + part)
            }
            _ => Home::Slot(self.slot(id, 1)),
        }
    }

    /// The address of a node's numbers of this round, and how far behind it they lie.
    fn address(&mut self, id: Id) -> MemArg {
        match self.home(id) {
            Home::Stream(stream) => {
                self.sink.local_get(FIRST_STREAM + stream).local_get(AT).i32_add();
                at(0, 3)
            }
            Home::Slot(slot) => {
                self.sink.local_get(SCRATCH_AT);
                at(slot as i32 * BLOCK_BYTES, 3)
            }
        }
    }

    fn slot_address(&mut self, slot: u32) {
        self.sink.local_get(SCRATCH).i32_const(slot as i32 * BLOCK_BYTES).i32_add();
    }

    /// The address of a node's numbers of this block.
    fn block_address(&mut self, id: Id) {
        match self.home(id) {
            Home::Stream(stream) => {
                self.sink.local_get(FIRST_STREAM + stream).local_get(BLOCK_AT).i32_add();
            }
            Home::Slot(slot) => self.slot_address(slot),
        }
    }

    /// The calls of a stage, for the whole block.
    pub fn calls(&mut self, stage: u32) {
        for id in self.plan.nodes_of[0].clone() {
            let Op::Call(number) = self.op(id) else { continue };
            if self.phase(id) != Phase::Stage(stage) {
                continue;
            }
            let [u, v, _] = self.operands(id);
            self.sink.i32_const(number as i32);
            self.sink.local_get(BLOCK_END).local_get(BLOCK_AT).i32_sub();
            self.sink.i32_const(3).i32_shr_u();
            self.block_address(u);
            self.block_address(v);
            self.call(id, BLOCK);
        }
    }

    /// A call for one point, before the loop or where there is but one at a time.
    fn call_at_once(&mut self, id: Id, number: u32) {
        if self.plan.has_stages() && self.phase(id) != Phase::Before {
            return;
        }
        let operands = self.operands(id);
        let count = if takes_two(number) { 2 } else { 1 };
        // Its operands lie in front of what it gives.
        let out = self.out_slots(id) as i32 * BLOCK_BYTES;
        let place = |operand: usize| out + BLOCK_BYTES + NUMBER * operand as i32;
        for (at_operand, &operand) in operands[..count].iter().enumerate() {
            self.sink.local_get(SCRATCH);
            self.get(operand);
            self.sink.v128_store64_lane(at(place(at_operand), 3), 0);
        }
        self.sink.i32_const(number as i32).i32_const(1);
        for operand in [0, count - 1] {
            self.sink.local_get(SCRATCH).i32_const(place(operand)).i32_add();
        }
        self.call(id, 1);
    }

    /// Calls the core, whose first four operands are on the stack.
    fn call(&mut self, id: Id, stride: u32) {
        let slot = self.out_slots(id);
        self.slot_address(slot);
        let is_derivative = |(at, node): (usize, &super::graph::Node)| {
            let is_live = self.plan.is_live[at] && node.operands().first() == Some(&id);
            is_live && matches!(node.op, Op::Part(1 | 2))
        };
        let has_derivatives = self.inner.nodes.iter().enumerate().any(is_derivative);
        self.sink.i32_const(if has_derivatives { stride as i32 } else { 0 });
        self.sink.i32_const(self.helper as i32).call_indirect(0, CALL_TYPE);
    }
}

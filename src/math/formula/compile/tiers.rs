//! When a tape is compiled: once it has done as much work by itself as compiling it takes. So the
//! first answer is the tape's, and a formula that is asked for little is never compiled.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::module::Emission;
use super::program::{Program, linker};
use super::shapes::Walk;
use crate::math::formula::jet::Jet;
use crate::math::formula::tape::Tape;

/// What compiling costs, in additions: to begin with, and for each operation of the tape.
const COMPILING: i64 = 2_000_000;
const COMPILING_OPERATION: i64 = 50_000;
/// More than compiling any tape costs.
const COMPILED: i64 = 1 << 40;

/// Programs that are kept though no tape uses them.
const KEPT: usize = 16;

/// What has been compiled of a tape; its copies share it.
#[derive(Clone, Debug, Default)]
pub(in crate::math::formula) struct Tiers {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    work: AtomicI64,
    points: OnceLock<Option<Arc<Program>>>,
    hessians: OnceLock<Option<Arc<Program>>>,
    grid: OnceLock<Option<(Arc<Program>, usize)>>,
    sums: OnceLock<Option<Arc<Program>>>,
    walks: Mutex<Vec<(WalkKey, Option<Arc<Program>>)>>,
}

/// See [`Walk::key`].
type WalkKey = (&'static str, u64);

/// Programs by their modules, the last one used last.
static PROGRAMS: Mutex<Vec<(Vec<u8>, Arc<Program>)>> = Mutex::new(Vec::new());

/// The program of a module, which may be there already.
fn linked(emission: Emission, kernels: usize) -> Option<Arc<Program>> {
    let mut programs = PROGRAMS.lock().ok()?;
    let program = match programs.iter().position(|(bytes, _)| *bytes == emission.bytes) {
        Some(place) => programs.remove(place).1,
        None => Arc::new(Program::link(&emission, kernels)?),
    };
    programs.push((emission.bytes, program.clone()));
    if programs.len() > KEPT {
        programs.remove(0);
    }
    Some(program)
}

/// What is asked for at points: the kernel of this number.
#[derive(Clone, Copy)]
enum Points {
    Values,
    Gradients,
    Hessians,
}

impl Tape {
    /// Has whatever is asked for from now on compiled: what tests and measurements begin with.
    pub fn compile_at_once(&self) {
        self.tiers.shared.work.store(i64::MAX / 2, Ordering::Relaxed);
    }

    /// Has it answer all by itself, however much it is asked for.
    pub fn compile_never(&self) {
        self.tiers.shared.work.store(i64::MIN / 2, Ordering::Relaxed);
    }

    /// How many modules of it are at work: of points, of grids, of sums, and of walks.
    pub fn compiled(&self) -> [usize; 4] {
        let Shared { points, grid, sums, walks, .. } = &*self.tiers.shared;
        let [points, sums] = [points, sums].map(|of| of.get().is_some_and(|of| of.is_some()));
        let grid = grid.get().is_some_and(|of| of.is_some());
        let walks = walks.lock().map(|walks| walks.iter().filter(|(_, of)| of.is_some()).count());
        [points.into(), grid.into(), sums.into(), walks.unwrap_or(0)]
    }

    /// The place of the core's function in its table, where this tape is worth compiling, when work of
    /// so many additions is asked for.
    fn is_worth_it(&self, work: u64) -> Option<u32> {
        let linker = linker()?;
        let done = self.tiers.shared.work.fetch_add(work as i64, Ordering::Relaxed);
        let compiling = COMPILING + COMPILING_OPERATION * self.instructions.len() as i64;
        (done > compiling).then(|| (linker.helper)())
    }

    /// f at as many points as a kernel takes; how many these are.
    pub(in crate::math::formula) fn compiled_values(
        &self,
        xs: &[f64],
        ys: &[f64],
        out: &mut [f64],
    ) -> usize {
        let n = out.len().min(xs.len()).min(ys.len());
        self.run_points(Points::Values, n, [xs, ys], &mut [out])
    }

    /// f and its gradient at as many points as a kernel takes; how many these are.
    pub(in crate::math::formula) fn compiled_gradients(
        &self,
        xs: &[f64],
        ys: &[f64],
        out: &mut [&mut [f64]; 3],
    ) -> usize {
        let n = out.iter().map(|part| part.len()).min().unwrap_or(0).min(xs.len()).min(ys.len());
        self.run_points(Points::Gradients, n, [xs, ys], out)
    }

    /// f, its gradient and its Hessian at as many points as a kernel takes; how many these are.
    pub(in crate::math::formula) fn compiled_hessians(
        &self,
        xs: &[f64],
        ys: &[f64],
        out: &mut [&mut [f64]; 6],
    ) -> usize {
        let n = out.iter().map(|part| part.len()).min().unwrap_or(0).min(xs.len()).min(ys.len());
        self.run_points(Points::Hessians, n, [xs, ys], out)
    }

    fn run_points(
        &self,
        asked: Points,
        n: usize,
        read: [&[f64]; 2],
        out: &mut [&mut [f64]],
    ) -> usize {
        let even = n & !1;
        let work = out.len() as u64 * n as u64 * self.cost();
        let Some(helper) = self.is_worth_it(work) else { return 0 };
        let Shared { points, hessians, .. } = &*self.tiers.shared;
        let program = match asked {
            Points::Hessians => hessians.get_or_init(|| linked(self.compile_hessians(helper), 3)),
            Points::Values | Points::Gradients => {
                points.get_or_init(|| linked(self.compile_points(helper), 2))
            }
        };
        match program {
            Some(program) if even > 0 => {
                program.run(asked as usize, even, &read, out, &mut []);
                even
            }
            _ => 0,
        }
    }

    /// f on a grid, whole rows of as many columns as a kernel takes; whether it is done.
    pub(in crate::math::formula) fn compiled_grid(
        &self,
        xs: &[f64],
        ys: &[f64],
        out: &mut [f64],
    ) -> bool {
        let work = xs.len() as u64 * ys.len() as u64 * self.cost();
        let Some(helper) = self.is_worth_it(work) else { return false };
        let compile = || {
            let (emission, arrays) = self.compile_grid(helper);
            Some((linked(emission, 2)?, arrays))
        };
        let Some((program, count)) = self.tiers.shared.grid.get_or_init(compile) else {
            return false;
        };
        // A last column that has no neighbour is its own.
        let n = xs.len().next_multiple_of(2);
        let mut all = xs.to_vec();
        all.resize(n, xs.last().copied().unwrap_or(0.0));
        let mut columns = vec![0.0; n * count];
        let mut parts: Vec<&mut [f64]> = columns.chunks_mut(n).collect();
        program.run(0, n, &[&all], &mut parts, &mut [0.0]);
        let read: Vec<&[f64]> = std::iter::once(&all[..]).chain(columns.chunks(n)).collect();
        let mut line = vec![0.0; n];
        for (row, &y) in out.chunks_exact_mut(xs.len()).zip(ys) {
            if row.len() == n {
                program.run(1, n, &read, &mut [row], &mut [y]);
            } else {
                program.run(1, n, &read, &mut [&mut line], &mut [y]);
                row.copy_from_slice(&line[..row.len()]);
            }
        }
        true
    }

    /// Σ f over as many examples as a kernel takes, and their number.
    pub(in crate::math::formula) fn compiled_sum(
        &self,
        theta: [f64; 2],
        columns: &[&[f64]],
        examples: usize,
        with_gradient: bool,
    ) -> Option<(Jet, usize)> {
        let effort = if with_gradient { 3 } else { 1 };
        let helper = self.is_worth_it(effort * examples as u64 * self.cost())?;
        let read = columns.get(..self.variables.saturating_sub(2))?;
        let program = self.program_of_sums(helper)?;
        let even = examples & !1;
        let mut numbers = [theta[0], theta[1], 0.0, 0.0, 0.0];
        program.run(usize::from(with_gradient), even, read, &mut [], &mut numbers);
        let [_, _, value, fx, fy] = numbers;
        Some((Jet { value, gradient: [fx, fy] }, even))
    }

    /// Σ f over all examples at two θ at once, where a kernel does so.
    pub(in crate::math::formula) fn compiled_pair_of_sums(
        &self,
        [u, v]: [[f64; 2]; 2],
        columns: &[&[f64]],
        examples: usize,
        with_gradient: bool,
    ) -> Option<[Jet; 2]> {
        let effort = if with_gradient { 6 } else { 2 };
        let helper = self.is_worth_it(effort * examples as u64 * self.cost())?;
        let read = columns.get(..self.variables.saturating_sub(2))?;
        let program = self.program_of_sums(helper).filter(|program| program.kernels() > 2)?;
        let mut numbers = [u[0], v[0], u[1], v[1], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        program.run(2 + usize::from(with_gradient), examples, read, &mut [], &mut numbers);
        let [.., f, f_v, fx, fx_v, fy, fy_v] = numbers;
        Some(
            [[f, fx, fy], [f_v, fx_v, fy_v]]
                .map(|[value, fx, fy]| Jet { value, gradient: [fx, fy] }),
        )
    }

    /// The program of sums, compiled when it is first asked for.
    fn program_of_sums(&self, helper: u32) -> Option<&Program> {
        let compile = || {
            let (emission, kernels) = self.compile_sums(helper);
            linked(emission, kernels)
        };
        self.tiers.shared.sums.get_or_init(compile).as_deref()
    }

    /// Walks on with a dial for each update, from the numbers handed over to those after the walk, and
    /// notes each point; see [`Tape::compile_walk`]. Tells whether it is done.
    pub(crate) fn compiled_walk(
        &self,
        walk: &dyn Walk,
        alphas: &[f64],
        noted: &mut [&mut [f64]],
        numbers: &mut [f64],
    ) -> bool {
        let program = self.walk_program(walk, alphas.len());
        if let Some(program) = &program {
            program.run(0, alphas.len(), &[alphas], noted, numbers);
        }
        program.is_some()
    }

    /// Makes an update of many walks, each with dials of its own; tells whether it is done: an even number
    /// may be. See [`Tape::compile_walk`] for what is read and what is written.
    pub(crate) fn compiled_update(
        &self,
        walk: &dyn Walk,
        read: &[&[f64]],
        written: &mut [&mut [f64]],
        shared: &mut [f64],
    ) -> bool {
        let walks = read.first().map_or(0, |xs| xs.len());
        let program =
            self.walk_program(walk, walks).filter(|_| walks > 0 && walks.is_multiple_of(2));
        if let Some(program) = &program {
            program.run(1, walks, read, written, shared);
        }
        program.is_some()
    }

    /// The program of walks by a rule, where that is worth compiling, when so many updates are asked for.
    fn walk_program(&self, walk: &dyn Walk, updates: usize) -> Option<Arc<Program>> {
        let helper = self.is_worth_it(self.updating(updates as u64))?;
        let mut walks = self.tiers.shared.walks.lock().ok()?;
        let key = walk.key();
        let place = walks.iter().position(|(of, _)| *of == key).unwrap_or_else(|| {
            walks.push((key, linked(self.compile_walk(walk, helper), 2)));
            walks.len() - 1
        });
        walks[place].1.clone()
    }

    /// What so many updates cost.
    fn updating(&self, updates: u64) -> u64 {
        /// What an update costs besides the gradient.
        const UPDATE: u64 = 40;
        updates.saturating_mul(UPDATE + 3 * self.cost())
    }

    /// So many updates of walks are to come: where these alone are worth compiling, the first is compiled.
    pub(crate) fn expect_updates(&self, updates: u64) {
        let work = i64::try_from(self.updating(updates)).unwrap_or(i64::MAX);
        self.tiers.shared.work.fetch_add(work.min(COMPILED), Ordering::Relaxed);
    }
}

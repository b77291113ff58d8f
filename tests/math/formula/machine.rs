//! A machine for compiled formulas: an interpreter of WebAssembly in place of the browser.

use ravine::math::formula::compile::{Emission, call};
use wasmi::{
    Caller, Config, Engine, Func, Linker, Memory, MemoryType, Module, Nullable, Ref, RefType,
    Store, Table, TableType, Val,
};

/// Where the core's function stands in the table.
pub const HELPER: u32 = 3;

/// Memory from here on is the arrays'.
const ARRAYS: usize = 64;

/// An instance of a module, with a memory of its own.
pub struct Machine {
    store: Store<()>,
    memory: Memory,
    kernels: Vec<Func>,
    scratch: usize,
}

impl Machine {
    /// Validates the module and starts it.
    pub fn new(emission: &Emission) -> Self {
        let engine = Engine::new(Config::default().wasm_simd(true));
        let module = Module::new(&engine, &emission.bytes).expect("a module is valid");
        let mut store = Store::new(&engine, ());
        let memory = Memory::new(&mut store, MemoryType::new(64, None)).unwrap();
        let null = Ref::from(Nullable::<Func>::Null);
        let table = TableType::new(RefType::Func, HELPER + 1, None);
        let table = Table::new(&mut store, table, null).unwrap();
        let helper = Func::wrap(
            &mut store,
            move |mut caller: Caller<'_, ()>,
                  function: u32,
                  n: u32,
                  u: u32,
                  v: u32,
                  out: u32,
                  stride: u32| {
                let n = n as usize;
                let [u, v] = [u, v].map(|at| numbers(memory.data(&caller), at as usize, n));
                let mut results = vec![0.0; 2 * stride as usize + n];
                call(function, &u, &v, &mut results, stride as usize);
                // Of three arrays that lie apart, nothing between them is written.
                let arrays = if stride == 0 { 1 } else { 3 };
                for array in 0..arrays {
                    let first = array * stride as usize;
                    let at = out as usize + 8 * first;
                    write(memory.data_mut(&mut caller), at, &results[first..first + n]);
                }
            },
        );
        table.set(&mut store, u64::from(HELPER), Ref::from(Nullable::Val(helper))).unwrap();
        let mut linker = Linker::new(&engine);
        linker.define("core", "memory", memory).unwrap();
        linker.define("core", "table", table).unwrap();
        let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
        let kernels = (0..).map_while(|at: u32| instance.get_func(&store, &at.to_string()));
        let kernels = kernels.collect();
        Self { store, memory, kernels, scratch: emission.scratch }
    }

    /// Runs a kernel over n points: of each array its contents, or how long it is.
    pub fn run(&mut self, kernel: usize, n: usize, arrays: &mut [Vec<f64>], uniform: &mut [f64]) {
        let mut at = ARRAYS + 4 * arrays.len();
        at = at.next_multiple_of(16);
        let data = self.memory.data_mut(&mut self.store);
        let mut places = Vec::new();
        for (place, array) in arrays.iter().enumerate() {
            data[ARRAYS + 4 * place..][..4].copy_from_slice(&(at as u32).to_le_bytes());
            write(data, at, array);
            places.push(at);
            at += 8 * array.len();
        }
        let numbers_at = at;
        write(data, at, uniform);
        at += 8 * uniform.len();
        assert!(at + self.scratch <= data.len(), "a kernel needs {} bytes", self.scratch);
        let parameters = [n, ARRAYS, numbers_at, at].map(|number| Val::I32(number as i32));
        self.kernels[kernel].call(&mut self.store, &parameters, &mut []).expect("no kernel traps");
        let data = self.memory.data(&self.store);
        for (array, at) in arrays.iter_mut().zip(places) {
            *array = numbers(data, at, array.len());
        }
        uniform.copy_from_slice(&numbers(data, numbers_at, uniform.len()));
    }
}

fn numbers(data: &[u8], at: usize, n: usize) -> Vec<f64> {
    let (words, _) = data[at..at + 8 * n].as_chunks::<8>();
    words.iter().map(|word| f64::from_le_bytes(*word)).collect()
}

fn write(data: &mut [u8], at: usize, numbers: &[f64]) {
    for (place, number) in numbers.iter().enumerate() {
        data[at + 8 * place..][..8].copy_from_slice(&number.to_le_bytes());
    }
}

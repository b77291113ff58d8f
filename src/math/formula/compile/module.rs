//! Kernels as a wasm module. Its memory and its table are the core's.

use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, FunctionSection, ImportSection, MemoryType,
    Module, RefType, TableType, TypeSection, ValType,
};

use super::emit::emit;
use super::kernel::Kernel;

/// The types of kernels, and of the core's function.
const KERNEL_TYPE: u32 = 0;
pub(super) const CALL_TYPE: u32 = 1;

/// A module, which exports its kernels under the names `0`, `1`, … in their order.
#[derive(Clone, Debug)]
pub struct Emission {
    /// The module, to be instantiated with `core.memory` and `core.table`.
    pub bytes: Vec<u8>,
    /// How many bytes of memory any of its kernels needs to itself meanwhile.
    pub scratch: usize,
}

/// The module of these kernels; `helper` is the place of [`call`](super::call) in the table.
pub(super) fn module(kernels: &[Kernel], helper: u32) -> Emission {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32; 4], []);
    types.ty().function([ValType::I32; 6], []);
    let mut imports = ImportSection::new();
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let table = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 0,
        maximum: None,
        shared: false,
    };
    imports.import("core", "memory", EntityType::Memory(memory));
    imports.import("core", "table", EntityType::Table(table));
    let (mut functions, mut exports, mut code) =
        (FunctionSection::new(), ExportSection::new(), CodeSection::new());
    let mut scratch = 0;
    for (place, kernel) in kernels.iter().enumerate() {
        let emitted = emit(kernel, helper);
        scratch = scratch.max(emitted.scratch as usize);
        functions.function(KERNEL_TYPE);
        exports.export(&place.to_string(), ExportKind::Func, place as u32);
        code.function(&emitted.function);
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
    Emission { bytes: module.finish(), scratch }
}

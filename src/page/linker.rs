//! Compiled formulas in the browser: modules are instantiated with the core's own memory and table,
//! and their kernels put into the table, so that the core calls them with no JavaScript in between.

use std::sync::Mutex;

use js_sys::WebAssembly::{Instance, Memory, Module, Table};
use js_sys::{Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::math::formula::compile::{Entry, Linker, call, set_linker};

/// Places of the table that were a kernel's and are free again.
static FREE: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// From now on formulas are compiled.
pub fn install() {
    set_linker(Linker { helper, link, free });
}

/// The core's function as modules call it: of `n` numbers from `u` and from `v`, to `out`.
unsafe extern "C" fn called(
    function: u32,
    n: usize,
    u: *const f64,
    v: *const f64,
    out: *mut f64,
    stride: usize,
) {
    // SAFETY: emitted modules call it with arrays of that many numbers, of which `out` is none of the
    // others, and live meanwhile.
    unsafe {
        let [u, v] = [u, v].map(|of| std::slice::from_raw_parts(of, n));
        call(function, u, v, std::slice::from_raw_parts_mut(out, 2 * stride + n), stride);
    }
}

fn helper() -> u32 {
    // A pointer to a function is its place in the table.
    called as *const () as u32
}

fn link(bytes: &[u8], kernels: usize) -> Option<Vec<Entry>> {
    let places = linked(bytes, kernels).ok()?;
    // SAFETY: a place of the table is a pointer to the function there; the kernels have this type.
    let entry = |place| unsafe { std::mem::transmute::<usize, Entry>(place as usize) };
    Some(places.into_iter().map(entry).collect())
}

fn free(entries: &[Entry]) {
    if let Ok(mut places) = FREE.lock() {
        places.extend(entries.iter().map(|&entry| entry as *const () as u32));
    }
}

/// Instantiates a module; the places of its kernels in the table.
///
/// # Errors
/// The browser's, where its policy refuses.
fn linked(bytes: &[u8], kernels: usize) -> Result<Vec<u32>, JsValue> {
    let module = Module::new(&Uint8Array::from(bytes).into())?;
    let table: Table = wasm_bindgen::function_table().dyn_into()?;
    let memory: Memory = wasm_bindgen::memory().dyn_into()?;
    let [core, imports] = [(); 2].map(|()| Object::new());
    Reflect::set(&core, &"memory".into(), &memory)?;
    Reflect::set(&core, &"table".into(), &table)?;
    Reflect::set(&imports, &"core".into(), &core)?;
    let exports = Instance::new(&module, &imports)?.exports();
    let mut places = Vec::new();
    for kernel in 0..kernels {
        let function: Function = Reflect::get(&exports, &kernel.to_string().into())?.dyn_into()?;
        let free = FREE.lock().ok().and_then(|mut places| places.pop());
        let place = match free {
            Some(place) => place,
            None => table.grow(1)?,
        };
        table.set(place, &function)?;
        places.push(place);
    }
    Ok(places)
}

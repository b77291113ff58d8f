//! What a panic says before it ends the core.

use std::cell::RefCell;
use std::panic;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// From now on `tell` is called with the message of a panic and its place in the sources, before
/// the instance ends. It must not call the core.
#[wasm_bindgen]
pub fn on_panic(tell: Function) {
    LISTENER.set(Some(tell));
    panic::set_hook(Box::new(|panic| {
        let words = JsValue::from(panic.to_string());
        LISTENER.with_borrow(|listener| {
            if let Some(tell) = listener {
                // There is nobody left to hear of a listener that throws.
                let _ = tell.call1(&JsValue::NULL, &words);
            }
        });
    }));
}

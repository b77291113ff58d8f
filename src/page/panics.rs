//! What a panic says before it ends the core.

use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// From now on `tell` is called with the message of a panic and with its place in the sources,
/// such as `src/page.rs:7:9`, before the instance ends. It must not call the core.
#[wasm_bindgen]
pub fn on_panic(
    #[wasm_bindgen(unchecked_param_type = "(message: string, place: string) => void")]
    tell: Function,
) {
    LISTENER.set(Some(tell));
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let [message, place] = [message_of(panic), &place].map(JsValue::from_str);
        LISTENER.with_borrow(|listener| {
            if let Some(tell) = listener {
                // There is nobody left to hear of a listener that throws.
                let _ = tell.call2(&JsValue::NULL, &message, &place);
            }
        });
    }));
}

fn message_of<'a>(panic: &'a PanicHookInfo) -> &'a str {
    let payload = panic.payload();
    let formatted = payload.downcast_ref::<String>().map(String::as_str);
    formatted.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

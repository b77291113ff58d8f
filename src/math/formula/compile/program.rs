//! Modules at work: linked by whoever can, such as a browser, and called.

use std::fmt;
use std::sync::{Mutex, OnceLock};

use super::module::Emission;

/// A kernel as it is called; see `emit.rs`.
pub type Entry = unsafe extern "C" fn(usize, *const *mut f64, *mut f64, *mut u8);

/// Who makes modules callable.
pub struct Linker {
    /// The place of the core's function in its table.
    pub helper: fn() -> u32,
    /// Instantiates a module and gives its kernels, so many; `None` where that is refused.
    pub link: fn(&[u8], usize) -> Option<Vec<Entry>>,
    /// Takes kernels back, which nobody calls any more.
    pub free: fn(&[Entry]),
}

static LINKER: OnceLock<Linker> = OnceLock::new();

/// From now on tapes are compiled, and linked by this.
pub fn set_linker(linker: Linker) {
    // A page that starts its core anew has set it before.
    let _ = LINKER.set(linker);
}

/// Who links, where anybody does.
pub(super) fn linker() -> Option<&'static Linker> {
    LINKER.get()
}

/// Arrays that most kernels make do with.
const FEW: usize = 16;

/// A module that has been linked.
pub struct Program {
    entries: Vec<Entry>,
    scratch: Mutex<Vec<u128>>,
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Program of {} kernels", self.entries.len())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(linker) = linker() {
            (linker.free)(&self.entries);
        }
    }
}

impl Program {
    /// Links a module of so many kernels.
    pub(super) fn link(emission: &Emission, kernels: usize) -> Option<Self> {
        let entries = (linker()?.link)(&emission.bytes, kernels)?;
        let scratch = Mutex::new(vec![0; emission.scratch.div_ceil(size_of::<u128>())]);
        (entries.len() == kernels).then_some(Self { entries, scratch })
    }

    /// How many kernels it has.
    pub(super) fn kernels(&self) -> usize {
        self.entries.len()
    }

    /// Runs a kernel over n points, at least 1, with the arrays that it reads and then those that it
    /// writes, each of n numbers or more.
    pub(super) fn run(
        &self,
        kernel: usize,
        n: usize,
        read: &[&[f64]],
        written: &mut [&mut [f64]],
        numbers: &mut [f64],
    ) {
        let fits = read.iter().all(|array| array.len() >= n)
            && written.iter().all(|array| array.len() >= n);
        assert!(fits && n > 0, "arrays of a kernel are too short for {n} points");
        let (read_count, written_count) = (read.len(), written.len());
        let read = read.iter().map(|array| array.as_ptr().cast_mut());
        let addresses = read.chain(written.iter_mut().map(|array| array.as_mut_ptr()));
        // Every step of a run asks for a sum, and of many runs for an update: few arrays are spared an
        // allocation.
        let mut few = [std::ptr::null_mut(); FEW];
        let mut many = Vec::new();
        let arrays: *const *mut f64 = if read_count + written_count <= FEW {
            few.iter_mut().zip(addresses).for_each(|(place, address)| *place = address);
            few.as_ptr()
        } else {
            many.extend(addresses);
            many.as_ptr()
        };
        let Ok(mut scratch) = self.scratch.lock() else { return };
        let scratch = scratch.as_mut_ptr().cast::<u8>();
        // SAFETY: the kernel reads and writes nothing but these arrays (of n numbers, those that it
        // reads it does not write), its numbers, and its scratch memory, as long as the module asked
        // for; all live until it returns.
        unsafe { (self.entries[kernel])(n, arrays, numbers.as_mut_ptr(), scratch) }
    }
}

//! A panic ends the core at once, without words: the page starts the core anew and shows none.
//!
//! The compiler puts a message and its place in the sources behind every index and every slice. In
//! a browser nobody hears them, so each becomes the instruction `unreachable`, which the page
//! catches, and what wrote the messages goes with them: 8 KB of gzip.

use walrus::ir::{
    Call, Instr, InstrLocId, InstrSeq, LocalGet, Unreachable, Value, VisitorMut, dfs_pre_order_mut,
};
use walrus::{ConstExpr, DataKind, ExportItem, FunctionId, FunctionKind, Module};

/// Parts of the names of those functions of the standard library that panic and do nothing else.
const PANICS: [&str; 13] = [
    "4core9panicking",
    "4cell22panic_already_borrowed",
    "4cell30panic_already_mutably_borrowed",
    "6option13unwrap_failed",
    "6option13expect_failed",
    "6result13unwrap_failed",
    "5slice5index16slice_index_fail",
    "3str16slice_error_fail",
    "17len_mismatch_fail",
    "13assert_failed",
    "7raw_vec12handle_error",
    "7raw_vec17capacity_overflow",
    "5alloc8rust_oom",
];

/// What the core calls its printer of an f64.
const PRINTER: &str = "print_f64";

/// Takes the words from the panics of a core as the compiler leaves it, its names still in it.
pub fn silence(core: &mut Module) {
    let panics: Vec<(FunctionId, usize)> = core
        .funcs
        .iter()
        .filter(|function| {
            let name = function.name.as_deref().unwrap_or_default();
            PANICS.iter().any(|part| name.contains(part)) && never_returns(&function.kind)
        })
        .map(|function| (function.id(), core.types.get(function.ty()).params().len()))
        .collect();
    for function in core.funcs.iter_mut() {
        let name = function.name.as_deref().unwrap_or_default();
        if is_debug(name)
            && let FunctionKind::Local(function) = &mut function.kind
        {
            let code = &mut function.block_mut(function.entry_block()).instrs;
            code.clear();
            code.push((Unreachable {}.into(), InstrLocId::default()));
        }
    }
    for (_, function) in core.funcs.iter_local_mut() {
        let entry = function.entry_block();
        dfs_pre_order_mut(&mut Silence { panics: &panics }, function, entry);
    }
    print_f64_as_we_do(core);
    let segments: Vec<_> = core.data.iter().map(|data| data.id()).collect();
    for segment in segments {
        let data = core.data.get_mut(segment);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind {
            let start = u32::from_ne_bytes(start.to_ne_bytes());
            forget_places(&mut data.value, start as usize);
        }
    }
}

/// Puts [`crate::decimal`]'s printer of an f64 in the place of the standard library's, whose tables
/// and arithmetic of many digits go with it: 10 KB of gzip.
fn print_f64_as_we_do(core: &mut Module) {
    let Some(ours) = core.exports.iter().find(|export| export.name == PRINTER) else { return };
    let (export, ExportItem::Function(ours)) = (ours.id(), ours.item) else { return };
    let is_std = |name: &str| name.contains("4core3fmt5floatd") && name.ends_with("7Display3fmt");
    let std = core.funcs.iter().find(|f| is_std(f.name.as_deref().unwrap_or_default()));
    if let Some(std) = std.map(|function| function.id())
        && let FunctionKind::Local(function) = &mut core.funcs.get_mut(std).kind
    {
        let arguments = function.args.clone();
        let code = &mut function.block_mut(function.entry_block()).instrs;
        code.clear();
        let gets = arguments.into_iter().map(|local| LocalGet { local }.into());
        for instruction in gets.chain([Call { func: ours }.into()]) {
            code.push((instruction, InstrLocId::default()));
        }
    }
    core.exports.delete(export);
}

/// Whether this prints something for programmers, `{:?}`. In the core only messages of panics do;
/// but they call it through a table, where it would stay when they go. (A text with its values
/// filled in, `Arguments`, prints the same for everybody.)
fn is_debug(name: &str) -> bool {
    let is_debug = name.contains("5Debug3fmt") || name.contains("Debug$GT$3fmt");
    is_debug && !name.contains("Arguments")
}

/// A function of type `!` ends with `unreachable`.
fn never_returns(function: &FunctionKind) -> bool {
    let FunctionKind::Local(function) = function else { return false };
    let body = function.block(function.entry_block());
    matches!(body.instrs.last(), Some((Instr::Unreachable(_), _)))
}

struct Silence<'a> {
    /// The functions that panic, and the number of arguments of each.
    panics: &'a [(FunctionId, usize)],
}

impl VisitorMut for Silence<'_> {
    fn start_instr_seq_mut(&mut self, code: &mut InstrSeq) {
        let arguments = |instr: &Instr| match instr {
            Instr::Call(Call { func }) => {
                self.panics.iter().find(|(panic, _)| panic == func).map(|(_, arguments)| *arguments)
            }
            _ => None,
        };
        let found = code.instrs.iter().enumerate();
        let found = found.filter_map(|(at, (instr, _))| Some((at, arguments(instr)?))).next();
        let Some((mut at, mut arguments)) = found else { return };
        let place = code.instrs[at].1;
        while let Some(before) = at.checked_sub(1)
            && arguments > 0
            && let Instr::Const(_) | Instr::LocalGet(_) = code.instrs[before].0
        {
            (at, arguments) = (before, arguments - 1);
        }
        code.instrs.truncate(at);
        code.instrs.push((Unreachable {}.into(), place));
    }
}

/// Fills with zeros what the panics knew of places in the sources: a file's name (where it is, and
/// its length), the line and the column, four bytes each; and the names. `start` is the address of
/// the data.
fn forget_places(data: &mut [u8], start: usize) {
    let mut names = Vec::new();
    for at in (0..data.len().saturating_sub(15)).step_by(4) {
        let word = |index: usize| {
            let bytes = &data[at + 4 * index..][..4];
            bytes.iter().rev().fold(0, |word, &byte| word << 8 | usize::from(byte))
        };
        let Some(name) = word(0).checked_sub(start) else { continue };
        let name = name..name.saturating_add(word(1));
        if data.get(name.clone()).is_some_and(|name| name.ends_with(b".rs")) && word(2) < 100_000 {
            data[at..at + 16].fill(0);
            names.push(name);
        }
    }
    for name in names {
        data[name].fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_go_and_their_names_and_all_else_stays() {
        let word = |word: u32| word.to_le_bytes();
        let mut data = b"say a.rs".to_vec();
        for number in [1004, 4, 12, 7, 1000, 3, 1, 2, 1004, 900, 1, 1] {
            data.extend(word(number));
        }
        let mut expected = b"say \0\0\0\0".to_vec();
        for number in [0, 0, 0, 0, 1000, 3, 1, 2, 1004, 900, 1, 1] {
            expected.extend(word(number));
        }
        forget_places(&mut data, 1000);
        assert_eq!(data, expected);
    }
}
